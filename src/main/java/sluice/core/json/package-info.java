/**
 * JSON and YAML tools: the canonical form for hashes, readers that know line and column, JSON Pointers and differences.
 * The package uses nothing else of Sluice.
 */
@NullMarked
package sluice.core.json;

import org.jspecify.annotations.NullMarked;
