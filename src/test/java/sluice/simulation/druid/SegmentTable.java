package sluice.simulation.druid;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.core.spec.SegmentTarget;
import sluice.platform.druid.ActiveSegment;
import sluice.platform.druid.ChunkHolding;
import sluice.platform.druid.ChunkSegment;
import sluice.platform.druid.ChunkSize;
import sluice.platform.druid.SegmentState;
import sluice.platform.druid.ServedSegments;
import sluice.platform.druid.WrittenSegment;

/** {@code sys.segments}: what brokers know, which lags behind the metadata store and behind the data servers. */
final class SegmentTable implements ServedSegments {

    private final Calls calls;
    private final SegmentStore store;
    private final Clock clock;

    SegmentTable(Calls calls, SegmentStore store, Clock clock) {
        this.calls = calls;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Map<String, SegmentState> states(String datasource, Collection<String> segmentIds) {
        return calls.call(DruidCall.SEGMENT_STATES, datasource, () -> {
            Instant now = clock.instant();
            Timeline published = new Timeline(store.published(datasource));
            Map<String, SegmentState> states = new HashMap<>();
            for (StoredSegment segment : store.listed(datasource)) {
                if (segmentIds.contains(segment.id())) {
                    states.put(
                            segment.id(),
                            new SegmentState(
                                    segment.id(),
                                    segment.isServed(now),
                                    segment.isPublished(now) && published.isOvershadowed(segment),
                                    segment.shownRows(now),
                                    segment.bytes(),
                                    segment.isPublished(now) ? 1 : -1));
                }
            }
            return Map.copyOf(states);
        });
    }

    @Override
    public Set<String> published(String datasource, Collection<String> segmentIds) {
        return calls.call(DruidCall.SEGMENT_STATES, datasource, () -> store.published(datasource).stream()
                .map(StoredSegment::id)
                .filter(segmentIds::contains)
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public boolean anyActive(String datasource) {
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> !active(store.published(datasource))
                .isEmpty());
    }

    @Override
    public List<ActiveSegment> active(String datasource) {
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> active(store.published(datasource)).stream()
                .map(segment -> new ActiveSegment(
                        segment.chunk().start(), segment.chunk().end(), segment.shownRows(clock.instant())))
                .toList());
    }

    @Override
    public List<ChunkSegment> within(String datasource, TimeChunk chunk) {
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> active(store.published(datasource)).stream()
                .filter(segment -> Timeline.overlaps(segment.chunk(), chunk))
                .map(this::chunkSegment)
                .toList());
    }

    @Override
    public List<WrittenSegment> written(String datasource, TimeChunk span) {
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> active(store.published(datasource)).stream()
                .filter(segment -> Timeline.overlaps(segment.chunk(), span))
                .map(segment -> new WrittenSegment(
                        segment.id(),
                        segment.chunk().interval(),
                        segment.shownRows(clock.instant()),
                        false,
                        segment.isCompacted(),
                        Set.copyOf(segment.metrics())))
                .toList());
    }

    private ChunkSegment chunkSegment(StoredSegment segment) {
        Instant now = clock.instant();
        return new ChunkSegment(
                segment.id(),
                segment.chunk().interval(),
                segment.version(),
                segment.key().partition(),
                segment.corePartitions(),
                segment.shownRows(now),
                segment.bytes(),
                segment.isServed(now),
                segment.isCompacted(),
                segment.metrics());
    }

    @Override
    public Optional<Instant> latestEnd(String datasource) {
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> active(store.published(datasource)).stream()
                .map(segment -> segment.chunk().end())
                .max(Comparator.naturalOrder()));
    }

    @Override
    public List<ChunkSize> sizes(String datasource, SegmentTarget target, int limit) {
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> byChunk(datasource).entrySet().stream()
                .limit(limit)
                .map(chunk -> new ChunkSize(
                        chunk.getKey().start(),
                        chunk.getKey().end(),
                        chunk.getValue().size(),
                        chunk.getValue().stream()
                                .filter(segment -> target.isSmall(segment.shownRows(clock.instant()), segment.bytes()))
                                .count(),
                        rows(chunk.getValue()),
                        bytes(chunk.getValue())))
                .toList());
    }

    @Override
    public List<ChunkHolding> holdings(String datasource, int limit) {
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> byChunk(datasource).entrySet().stream()
                .limit(limit)
                .map(chunk -> holding(chunk.getKey(), chunk.getValue()))
                .toList());
    }

    @Override
    public List<ChunkHolding> holdings(String datasource, TimeChunk span, int limit) {
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> byChunk(datasource).entrySet().stream()
                .filter(chunk -> Timeline.contains(span, chunk.getKey()))
                .limit(limit)
                .map(chunk -> holding(chunk.getKey(), chunk.getValue()))
                .toList());
    }

    private ChunkHolding holding(TimeChunk chunk, List<StoredSegment> segments) {
        return new ChunkHolding(chunk.interval(), segments.size(), rows(segments), bytes(segments));
    }

    /** Newest first. */
    private SortedMap<TimeChunk, List<StoredSegment>> byChunk(String datasource) {
        SortedMap<TimeChunk, List<StoredSegment>> chunks = new TreeMap<>(Comparator.reverseOrder());
        active(store.published(datasource))
                .forEach(segment -> chunks.computeIfAbsent(segment.chunk(), any -> new ArrayList<>())
                        .add(segment));
        return chunks;
    }

    /** Published, and not overshadowed by what is published; also an incomplete version that nothing hides. */
    static List<StoredSegment> active(List<StoredSegment> published) {
        Timeline timeline = new Timeline(published);
        return published.stream()
                .filter(segment -> !timeline.isOvershadowed(segment))
                .toList();
    }

    private long rows(List<StoredSegment> segments) {
        Instant now = clock.instant();
        return segments.stream().mapToLong(segment -> segment.shownRows(now)).sum();
    }

    private static long bytes(List<StoredSegment> segments) {
        return segments.stream().mapToLong(StoredSegment::bytes).sum();
    }
}
