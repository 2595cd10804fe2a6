package sluice.simulation.druid;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.SegmentCatalog;
import sluice.platform.druid.UnusedSegment;
import sluice.platform.druid.UsedSegment;

/** Used segments as brokers list them, unused ones as the metadata store has them. */
final class Inventory implements SegmentCatalog {

    private record Version(TimeChunk chunk, String version) implements Comparable<Version> {

        private static final Comparator<Version> ORDER =
                Comparator.comparing(Version::chunk).thenComparing(Version::version);

        @Override
        public int compareTo(Version other) {
            return ORDER.compare(this, other);
        }
    }

    private final Calls calls;
    private final SegmentStore store;
    private final Clock clock;

    Inventory(Calls calls, SegmentStore store, Clock clock) {
        this.calls = calls;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Set<String> datasources() {
        return calls.call(DruidCall.DATASOURCES, "", store::datasources);
    }

    @Override
    public List<ChunkTotals> totals(String datasource, TimeChunk span, ChunkTotals after, int limit) {
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> {
            Map<Version, List<StoredSegment>> versions = new TreeMap<>();
            for (StoredSegment segment : SegmentTable.active(store.published(datasource))) {
                versions.computeIfAbsent(new Version(segment.chunk(), segment.version()), any -> new ArrayList<>())
                        .add(segment);
            }
            Version last =
                    after == null ? null : new Version(new TimeChunk(after.start(), after.end()), after.version());
            return versions.entrySet().stream()
                    .filter(entry -> span == null
                            || (entry.getKey().chunk().start().isBefore(span.end())
                                    && entry.getKey().chunk().end().isAfter(span.start())))
                    .filter(entry -> last == null || entry.getKey().compareTo(last) > 0)
                    .limit(limit)
                    .map(entry -> totals(entry.getKey(), entry.getValue()))
                    .toList();
        });
    }

    private ChunkTotals totals(Version version, List<StoredSegment> segments) {
        Instant now = clock.instant();
        return new ChunkTotals(
                version.chunk().start(),
                version.chunk().end(),
                version.version(),
                segments.size(),
                segments.stream().mapToLong(segment -> segment.shownRows(now)).sum(),
                segments.stream().mapToLong(StoredSegment::bytes).sum(),
                (int) segments.stream().filter(segment -> segment.isServed(now)).count());
    }

    @Override
    public List<UsedSegment> used(String datasource, Used which, Instant until, String after, int limit) {
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> {
            Instant now = clock.instant();
            List<StoredSegment> published = store.published(datasource);
            Timeline timeline = new Timeline(published);
            return published.stream()
                    .filter(segment -> switch (which) {
                        case ALL -> true;
                        case OVERSHADOWED -> timeline.isOvershadowed(segment);
                        case NOT_LOADED -> !timeline.isOvershadowed(segment) && !segment.isServed(now);
                    })
                    .filter(segment -> until == null || !segment.chunk().end().isAfter(until))
                    .filter(segment -> segment.id().compareTo(after) > 0)
                    .sorted(Comparator.comparing(StoredSegment::id))
                    .limit(limit)
                    .map(segment -> new UsedSegment(
                            segment.id(),
                            segment.chunk().start(),
                            segment.chunk().end(),
                            segment.version(),
                            segment.shownRows(now),
                            segment.bytes(),
                            timeline.isOvershadowed(segment)))
                    .toList();
        });
    }

    @Override
    public List<String> unusedButServed(String datasource, String after, int limit) {
        Instant now = clock.instant();
        return calls.call(DruidCall.SEGMENT_TABLE, datasource, () -> store.served(datasource).stream()
                .filter(segment -> !segment.isPublished(now))
                .map(StoredSegment::id)
                .filter(id -> id.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList());
    }

    @Override
    public List<UnusedSegment> unused(String datasource, String interval, String after, int limit) {
        return calls.call(DruidCall.UNUSED_SEGMENTS, datasource, () -> store.unused(datasource).stream()
                .filter(segment ->
                        interval == null || Timeline.contains(TaskRefusal.interval(interval), segment.chunk()))
                .filter(segment -> after == null || segment.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(StoredSegment::id))
                .limit(limit)
                .map(segment -> new UnusedSegment(
                        segment.id(),
                        segment.chunk().start(),
                        segment.chunk().end(),
                        segment.version(),
                        segment.bytes(),
                        segment.markedAt()))
                .toList());
    }
}
