/**
 * Follows submitted runs: task status in bulk, the report, the segments, and the rows that are served. It also ends runs:
 * completion, cancellation, and taking back what was loaded.
 */
@NullMarked
package sluice.ingest.tracking;

import org.jspecify.annotations.NullMarked;
