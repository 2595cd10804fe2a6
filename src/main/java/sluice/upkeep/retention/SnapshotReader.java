package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Span;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.LeaseStore;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SegmentCatalog;
import sluice.platform.druid.SegmentCatalog.Used;
import sluice.platform.druid.SegmentPages;
import sluice.platform.druid.UnusedSegment;
import sluice.platform.druid.UsedSegment;

/** Takes snapshots. Reads one datasource's segments in pages, and only those that a sweep may act on. */
@ApplicationScoped
class SnapshotReader {

    /** Large, because for every page the broker goes through all segments; a row of sys.segments is small. */
    private static final int SQL_PAGE = 10_000;
    /** Small, because Druid returns an unused segment with the names of all its columns. */
    private static final int METADATA_PAGE = 500;

    private static final int MAX_CHUNKS = 200_000;

    private final LeaseStore leases;
    private final HoldStore holds;
    private final RetentionSettings settings;
    private final Clock clock;

    SnapshotReader(LeaseStore leases, HoldStore holds, RetentionSettings settings, Clock clock) {
        this.leases = leases;
        this.holds = holds;
        this.settings = settings;
        this.clock = clock;
    }

    DatasourceSnapshot take(DruidCluster cluster, String datasource, RetentionPolicy policy) {
        SegmentCatalog catalog = cluster.segmentCatalog();
        Instant now = clock.instant();
        int max = settings.maxSegments();
        List<ChunkTotals> totals = totals(cluster, datasource);
        Span keep = policy.keep();
        List<UsedSegment> expired = List.of();
        if (policy.orphan()) {
            expired = used(catalog, datasource, Used.ALL, null, max);
        } else if (keep != null) {
            Instant until = keep.before(now);
            expired = used(catalog, datasource, Used.ALL, until, max).stream()
                    .filter(segment -> !segment.end().isAfter(until))
                    .toList();
        }
        List<UsedSegment> overshadowed = used(catalog, datasource, Used.OVERSHADOWED, null, max);
        List<UsedSegment> notLoaded =
                totals.isEmpty() ? List.of() : used(catalog, datasource, Used.NOT_LOADED, null, max);
        List<UnusedSegment> unused = SegmentPages.read(
                max,
                METADATA_PAGE,
                last -> catalog.unused(datasource, null, last == null ? null : last.id(), METADATA_PAGE));
        Set<String> served = unused.isEmpty()
                ? Set.of()
                : Set.copyOf(SegmentPages.read(
                        Integer.MAX_VALUE,
                        SQL_PAGE,
                        last -> catalog.unusedButServed(datasource, last == null ? "" : last, SQL_PAGE)));
        List<TimeChunk> undecided = UndecidedChunks.of(
                cluster,
                datasource,
                totals,
                overshadowed,
                touched(expired, overshadowed, notLoaded, policy.purgeAfter() == null ? List.of() : unused));
        // Last, so that the snapshot shows writers that begin meanwhile.
        List<TimeChunk> leased = leases.held(new Feed(cluster.name(), datasource));
        List<TimeChunk> locked = cluster.tasks().locks(datasource).stream()
                .map(lock -> new TimeChunk(lock.start(), lock.end()))
                .toList();
        return new DatasourceSnapshot(
                cluster.name(),
                datasource,
                now,
                totals,
                expired,
                overshadowed,
                notLoaded,
                unused,
                served,
                leased,
                locked,
                undecided,
                holds.find(datasource),
                cluster.settings().effectiveRules(datasource),
                cluster.tiers(),
                cluster.autoKill(),
                expired.size() < max
                        && overshadowed.size() < max
                        && notLoaded.size() < max
                        && unused.size() < max
                        && totals.size() < MAX_CHUNKS,
                unused.size() < max);
    }

    /** Returns the used segments that are not overshadowed, by time chunk and version. */
    List<ChunkTotals> totals(DruidCluster cluster, String datasource) {
        SegmentCatalog catalog = cluster.segmentCatalog();
        return SegmentPages.read(MAX_CHUNKS, SQL_PAGE, last -> catalog.totals(datasource, last, SQL_PAGE));
    }

    private static Set<TimeChunk> touched(
            List<UsedSegment> expired,
            List<UsedSegment> overshadowed,
            List<UsedSegment> notLoaded,
            List<UnusedSegment> unused) {
        Set<TimeChunk> chunks = new HashSet<>();
        Stream.of(expired, overshadowed, notLoaded)
                .flatMap(List::stream)
                .forEach(segment -> chunks.add(new TimeChunk(segment.start(), segment.end())));
        unused.forEach(segment -> chunks.add(new TimeChunk(segment.start(), segment.end())));
        chunks.removeIf(chunk -> !KillPlanner.isBounded(chunk));
        return chunks;
    }

    private static List<UsedSegment> used(
            SegmentCatalog catalog, String datasource, Used which, @Nullable Instant until, int max) {
        return SegmentPages.read(
                max, SQL_PAGE, last -> catalog.used(datasource, which, until, last == null ? "" : last.id(), SQL_PAGE));
    }
}
