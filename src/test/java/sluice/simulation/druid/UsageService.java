package sluice.simulation.druid;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.SegmentUsage;

/** Marks in the metadata store. */
final class UsageService implements SegmentUsage {

    private final Calls calls;
    private final SegmentStore store;

    UsageService(Calls calls, SegmentStore store) {
        this.calls = calls;
        this.store = store;
    }

    @Override
    public Set<String> used(String datasource, List<String> intervals) {
        List<TimeChunk> spans = intervals.stream().map(TaskRefusal::interval).toList();
        return calls.call(DruidCall.USED_SEGMENTS, datasource, () -> store.used(datasource).stream()
                .filter(segment -> spans.stream().anyMatch(span -> Timeline.overlaps(span, segment.chunk())))
                .map(StoredSegment::id)
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public int markUnused(String datasource, Collection<String> segmentIds) {
        return calls.call(DruidCall.MARK_UNUSED, datasource, () -> (int) segmentIds.stream()
                .flatMap(id -> store.find(datasource, id).stream())
                .filter(StoredSegment::isUsed)
                .filter(segment -> store.mark(segment, false))
                .count());
    }

    @Override
    public void markUsed(String datasource, String segmentId) {
        calls.call(DruidCall.MARK_USED, datasource, () -> store.find(datasource, segmentId)
                .filter(StoredSegment::isUnused)
                .filter(segment -> store.mark(segment, true))
                .isPresent());
    }
}
