package sluice.upkeep.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SegmentId;
import sluice.platform.druid.UsedSegment;

/**
 * Time chunks of which brokers and the metadata store do not say the same. {@code sys.segments} may be a minute old (from
 * Druid 37 on, apache/druid #19075): it does not show yet what a task has published, and still shows what somebody has marked
 * unused. What hides what cannot be told there.
 */
final class UndecidedChunks {

    private UndecidedChunks() {}

    /**
     * Returns the undecided chunks that overlap chunks which a sweep may touch.
     *
     * @param totals the brokers' used segments that are not overshadowed, by chunk and version
     * @param overshadowed the brokers' overshadowed segments; all of them
     * @param touched the chunks that a sweep may touch
     */
    static List<TimeChunk> of(
            DruidCluster cluster,
            String datasource,
            List<ChunkTotals> totals,
            List<UsedSegment> overshadowed,
            Collection<TimeChunk> touched) {
        if (touched.isEmpty()) {
            return List.of();
        }
        List<TimeChunk> spans = Intervals.joined(touched);
        Map<SegmentId, Integer> stored = counts(
                datasource,
                cluster.segmentUsage()
                        .used(
                                datasource,
                                spans.stream().map(TimeChunk::interval).toList()));
        Map<SegmentId, Integer> shown = new HashMap<>();
        totals.forEach(total -> shown.merge(id(total), total.segments(), Integer::sum));
        overshadowed.forEach(segment ->
                shown.merge(new SegmentId(segment.start(), segment.end(), segment.version()), 1, Integer::sum));
        NavigableMap<Instant, TimeChunk> byStart = new TreeMap<>();
        spans.forEach(span -> byStart.put(span.start(), span));
        Set<SegmentId> either = new HashSet<>(stored.keySet());
        either.addAll(shown.keySet());
        List<TimeChunk> undecided = new ArrayList<>();
        for (SegmentId id : either) {
            Map.Entry<Instant, TimeChunk> span = byStart.lowerEntry(id.end());
            boolean isTouched = span != null && span.getValue().end().isAfter(id.start());
            if (isTouched && !stored.getOrDefault(id, 0).equals(shown.getOrDefault(id, 0))) {
                undecided.add(new TimeChunk(id.start(), id.end()));
            }
        }
        return Intervals.joined(undecided);
    }

    /** Returns the number of segments by chunk and version. */
    static Map<SegmentId, Integer> counts(String datasource, Collection<String> ids) {
        Map<SegmentId, Integer> counts = new HashMap<>();
        ids.forEach(id -> SegmentId.of(datasource, id).ifPresent(segment -> counts.merge(segment, 1, Integer::sum)));
        return counts;
    }

    static SegmentId id(ChunkTotals total) {
        return new SegmentId(total.start(), total.end(), total.version());
    }
}
