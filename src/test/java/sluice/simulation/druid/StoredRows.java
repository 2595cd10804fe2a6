package sluice.simulation.druid;

import java.time.Instant;

/**
 * Rows inside a segment.
 *
 * @param source {@code <bucket>/<key>} of the object that they come from
 * @param read how many rows of the object they were
 * @param stored how many they are after rollup
 */
record StoredRows(String source, Instant time, long read, long stored) {}
