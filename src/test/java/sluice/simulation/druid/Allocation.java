package sluice.simulation.druid;

/** The key of a segment that is to be appended, and the core partitions of the version that it joins. */
record Allocation(SegmentKey key, int corePartitions) {}
