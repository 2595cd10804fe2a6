package sluice.upkeep.restore;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SegmentCatalog;
import sluice.platform.druid.SegmentPages;
import sluice.platform.druid.UnusedSegment;
import sluice.upkeep.retention.UndoWindow;

/** Lists what can come back, and plans restores. Only reads. */
@ApplicationScoped
public class RestorePreviews {

    /** Segments that one restore marks. Each is a call to Druid. */
    static final int MOST_SEGMENTS = 2_000;
    /** Time chunks of one restore. Each has a lease. */
    static final int MOST_CHUNKS = 500;

    private static final int LISTED_SEGMENTS = 20_000;
    private static final int PAGE = 500;
    private static final int TOTALS_PAGE = 10_000;

    private final RunStore runs;
    private final UndoWindow window;

    RestorePreviews(RunStore runs, UndoWindow window) {
        this.runs = runs;
        this.window = window;
    }

    /**
     * Returns the unused versions of a datasource that can come back, by time chunk.
     *
     * @param interval only those within it; null for all
     * @throws RestoreException if there are too many to list
     */
    public List<UnusedVersion> unused(DruidCluster cluster, String datasource, @Nullable TimeChunk interval) {
        return planner(cluster, datasource, interval, null).all();
    }

    /**
     * Returns what a restore would do now.
     *
     * @throws RestoreException if there is nothing to restore, or too much at once
     */
    public RestorePlan plan(DruidCluster cluster, String datasource, RestoreSelection selection) {
        List<UnusedSegment> wanted;
        RestorePlanner planner;
        if (selection.run() != null) {
            Run run = runs.find(selection.run())
                    .filter(found -> found.datasource().equals(datasource)
                            && found.cluster().equals(cluster.name()))
                    .orElseThrow(() -> new RestoreException(
                            RestoreException.Code.UNKNOWN,
                            "'" + datasource + "' has no run " + selection.run() + " in cluster " + cluster.name()));
            Set<String> created = runs.segmentMark(run)
                    .map(SegmentSnapshot::created)
                    .filter(ids -> !ids.isEmpty())
                    .orElseThrow(() -> new RestoreException(
                            RestoreException.Code.UNKNOWN,
                            "run " + run.id() + " has stored no segments that are known"));
            TimeChunk span = new TimeChunk(
                    run.chunks().get(0).start(),
                    run.chunks().get(run.chunks().size() - 1).end());
            planner = planner(cluster, datasource, span, run);
            wanted = planner.among(created);
        } else {
            planner = planner(cluster, datasource, selection.interval(), null);
            wanted = selection.asOf() == null ? planner.markedLast() : planner.usedAt(selection.asOf());
        }
        if (wanted.isEmpty()) {
            throw new RestoreException(
                    RestoreException.Code.UNKNOWN,
                    "there is nothing to restore: no such segment of '" + datasource + "' is marked unused in cluster "
                            + cluster.name());
        }
        RestorePlan plan = planner.plan(cluster.name(), wanted);
        if (plan.use().size() > MOST_SEGMENTS || plan.chunks().size() > MOST_CHUNKS) {
            throw new RestoreException(
                    RestoreException.Code.INVALID,
                    "a restore takes at most " + MOST_SEGMENTS + " segments of " + MOST_CHUNKS
                            + " time chunks, and this is " + plan.use().size() + " of "
                            + plan.chunks().size() + ": name a shorter interval");
        }
        return plan;
    }

    private RestorePlanner planner(
            DruidCluster cluster, String datasource, @Nullable TimeChunk interval, @Nullable Run run) {
        List<UnusedSegment> unused = unused(cluster.segmentCatalog(), datasource, interval);
        Set<String> used = unused.isEmpty()
                ? Set.of()
                : cluster.segmentUsage().used(datasource, List.of(span(unused).interval()));
        List<ChunkTotals> totals = unused.isEmpty() ? List.of() : totals(cluster.segmentCatalog(), datasource);
        UndoWindow.Times times = window.of(cluster, datasource, totals);
        Long rows = Optional.ofNullable(run)
                .filter(each -> each.chunks().size() == 1)
                .flatMap(RestorePreviews::stored)
                .orElse(null);
        return new RestorePlanner(new RestorePlanner.Known(datasource, unused, used, totals, times::purgedAt, rows));
    }

    private static Optional<Long> stored(Run run) {
        return run.state() instanceof RunState.Available end
                ? Optional.ofNullable(end.counts().rows())
                : Optional.empty();
    }

    private static TimeChunk span(List<UnusedSegment> segments) {
        return new TimeChunk(
                segments.stream()
                        .map(UnusedSegment::start)
                        .min(Instant::compareTo)
                        .orElseThrow(),
                segments.stream()
                        .map(UnusedSegment::end)
                        .max(Instant::compareTo)
                        .orElseThrow());
    }

    private static List<UnusedSegment> unused(SegmentCatalog catalog, String datasource, @Nullable TimeChunk interval) {
        String within = interval == null ? null : interval.interval();
        List<UnusedSegment> all = SegmentPages.read(
                LISTED_SEGMENTS + 1,
                PAGE,
                last -> catalog.unused(datasource, within, last == null ? null : last.id(), PAGE));
        if (all.size() > LISTED_SEGMENTS) {
            throw new RestoreException(
                    RestoreException.Code.INVALID,
                    "there are more than " + LISTED_SEGMENTS + " unused segments: name a shorter interval");
        }
        return all.stream().distinct().toList();
    }

    private static List<ChunkTotals> totals(SegmentCatalog catalog, String datasource) {
        return SegmentPages.read(Integer.MAX_VALUE, TOTALS_PAGE, last -> catalog.totals(datasource, last, TOTALS_PAGE));
    }
}
