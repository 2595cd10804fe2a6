/**
 * Submits the tasks of planned runs to Druid. Leases, deterministic task ids and spec hashes make sure that Druid gets each
 * attempt of a run once. Runs that load no files are planned here too.
 */
@NullMarked
package sluice.ingest.submission;

import org.jspecify.annotations.NullMarked;
