package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.LeaseStore;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SegmentCatalog;
import sluice.platform.druid.SegmentCatalog.Used;
import sluice.platform.druid.UnusedSegment;
import sluice.platform.druid.UsedSegment;

/** Takes snapshots: pages of one datasource's segments, only those that a sweep may act on. */
@ApplicationScoped
class SnapshotReader {

    /** A row of sys.segments is small, and every page costs the broker a look at all segments. */
    private static final int SQL_PAGE = 10_000;
    /** An unused segment comes with all its columns' names. */
    private static final int METADATA_PAGE = 500;

    private static final int MOST_CHUNKS = 200_000;

    private final LeaseStore leases;
    private final RetentionSettings settings;
    private final Clock clock;

    SnapshotReader(LeaseStore leases, RetentionSettings settings, Clock clock) {
        this.leases = leases;
        this.settings = settings;
        this.clock = clock;
    }

    Snapshot take(DruidCluster cluster, String datasource, Policy policy) {
        SegmentCatalog catalog = cluster.segmentCatalog();
        Instant now = clock.instant();
        int most = settings.maxSegments();
        List<ChunkTotals> totals = totals(cluster, datasource);
        List<UsedSegment> expired = List.of();
        if (policy.orphan()) {
            expired = used(catalog, datasource, Used.ALL, null, most);
        } else if (policy.keep() != null) {
            Instant until = policy.keep().before(now);
            expired = used(catalog, datasource, Used.ALL, until, most).stream()
                    .filter(segment -> !segment.end().isAfter(until))
                    .toList();
        }
        List<UsedSegment> overshadowed = used(catalog, datasource, Used.OVERSHADOWED, null, most);
        List<UsedSegment> notLoaded =
                totals.isEmpty() ? List.of() : used(catalog, datasource, Used.NOT_LOADED, null, most);
        List<UnusedSegment> unused = pages(
                most,
                METADATA_PAGE,
                last -> catalog.unused(datasource, null, last == null ? null : last.id(), METADATA_PAGE));
        Set<String> served = unused.isEmpty() ? Set.of() : catalog.unusedButServed(datasource, most);
        // Last: whoever begins to write now is seen.
        List<TimeChunk> leased = leases.held(new Feed(cluster.name(), datasource));
        List<TimeChunk> locked = cluster.tasks().locks(datasource).stream()
                .map(lock -> new TimeChunk(lock.start(), lock.end()))
                .toList();
        return new Snapshot(
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
                cluster.settings().effectiveRules(datasource),
                cluster.autoKill(),
                expired.size() < most
                        && overshadowed.size() < most
                        && notLoaded.size() < most
                        && unused.size() < most
                        && totals.size() < MOST_CHUNKS);
    }

    /** What is used and not overshadowed, by time chunk. */
    List<ChunkTotals> totals(DruidCluster cluster, String datasource) {
        SegmentCatalog catalog = cluster.segmentCatalog();
        return pages(MOST_CHUNKS, SQL_PAGE, last -> catalog.totals(datasource, last, SQL_PAGE));
    }

    private static List<UsedSegment> used(
            SegmentCatalog catalog, String datasource, Used which, Instant until, int most) {
        return pages(
                most,
                SQL_PAGE,
                last -> catalog.used(datasource, which, until, last == null ? "" : last.id(), SQL_PAGE));
    }

    /** Elements of page after page, up to a number. */
    private static <T> List<T> pages(int most, int size, Function<T, List<T>> next) {
        List<T> all = new ArrayList<>();
        List<T> page;
        do {
            page = next.apply(all.isEmpty() ? null : all.get(all.size() - 1));
            all.addAll(page);
        } while (page.size() == size && all.size() < most);
        return all.size() > most ? all.subList(0, most) : all;
    }
}
