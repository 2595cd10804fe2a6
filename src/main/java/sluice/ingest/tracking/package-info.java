/**
 * Follows submitted runs: task status in bulk, the report, the segments and the rows that are served. It also ends runs:
 * completion, cancellation and taking back what was loaded.
 */
package sluice.ingest.tracking;
