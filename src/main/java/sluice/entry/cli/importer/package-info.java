/**
 * From a Druid ingestion spec or supervisor that somebody has already to a definition that makes an equivalent one.
 * What a definition cannot say is a finding that names its place in the spec; nothing is dropped in silence.
 */
@NullMarked
package sluice.entry.cli.importer;

import org.jspecify.annotations.NullMarked;
