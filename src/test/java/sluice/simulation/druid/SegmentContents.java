package sluice.simulation.druid;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a segment.
 *
 * @param rows none in a tombstone
 * @param columns Druid SQL's type of each column, by name
 * @param metrics names of the metric columns
 * @param compacted whether the segment carries a compaction state
 */
record SegmentContents(List<StoredRows> rows, Map<String, String> columns, List<String> metrics, boolean compacted) {

    SegmentContents {
        rows = List.copyOf(rows);
        columns = Map.copyOf(columns);
        metrics = List.copyOf(metrics);
    }

    SegmentContents with(List<StoredRows> others) {
        return new SegmentContents(others, columns, metrics, compacted);
    }

    static SegmentContents of(List<StoredRows> rows, TaskSpec spec) {
        SortedMap<String, String> columns = new TreeMap<>(spec.columns());
        return new SegmentContents(rows, columns, spec.metrics(), spec.storesCompactionState());
    }
}
