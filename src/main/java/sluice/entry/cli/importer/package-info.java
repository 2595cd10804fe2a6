/**
 * Converts an existing Druid ingestion spec or supervisor to an equivalent definition. What a definition cannot express
 * becomes a finding at its place in the spec; nothing is dropped silently.
 */
@NullMarked
package sluice.entry.cli.importer;

import org.jspecify.annotations.NullMarked;
