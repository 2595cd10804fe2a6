package sluice.simulation.druid;

import java.time.Instant;

/**
 * A segment was marked used or unused.
 *
 * @param at when the metadata store had it
 * @param publishedAt when brokers know it
 * @param servedAt when data servers have followed
 */
record SegmentMark(boolean used, Instant at, Instant publishedAt, Instant servedAt) {}
