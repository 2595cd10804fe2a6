package sluice.simulation.druid;

import java.util.Comparator;
import sluice.core.batch.TimeChunk;

/** What names a segment. Ordered as Druid orders segment ids. */
record SegmentKey(String datasource, TimeChunk chunk, String version, int partition) implements Comparable<SegmentKey> {

    private static final Comparator<SegmentKey> ORDER = Comparator.comparing(SegmentKey::datasource)
            .thenComparing(SegmentKey::chunk)
            .thenComparing(SegmentKey::version)
            .thenComparing(SegmentKey::partition);

    /** {@code <datasource>_<start>_<end>_<version>[_<partition>]}; Druid leaves out partition 0. */
    String id() {
        String base = datasource + "_" + chunk.interval().replace('/', '_') + "_" + version;
        return partition == 0 ? base : base + "_" + partition;
    }

    @Override
    public int compareTo(SegmentKey other) {
        return ORDER.compare(this, other);
    }
}
