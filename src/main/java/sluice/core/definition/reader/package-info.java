/**
 * Reads a definition strictly: every mistake becomes a finding with its place in the text. The result is a complete
 * {@link sluice.core.definition.Definition} or none.
 */
package sluice.core.definition.reader;
