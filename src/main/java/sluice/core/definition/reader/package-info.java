/**
 * Reads a definition strictly: every mistake becomes a finding with its place in the text. The result is a complete
 * {@link sluice.core.definition.Definition}, or none.
 */
@NullMarked
package sluice.core.definition.reader;

import org.jspecify.annotations.NullMarked;
