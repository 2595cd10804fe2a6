/**
 * JSON and YAML as Sluice needs them: the canonical form that is hashed, readers that know lines and columns, JSON Pointers
 * and differences. It uses nothing else of Sluice.
 */
@NullMarked
package sluice.core.json;

import org.jspecify.annotations.NullMarked;
