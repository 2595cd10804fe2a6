package sluice.ingest.tracking;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.RowTotals;
import sluice.platform.druid.SegmentState;

/** Compares a run's rows in the task's report, in its segments, and in the result of a query. */
class RowCheck {

    private final DruidCluster cluster;
    private final Run run;
    private final Plan plan;
    private final SegmentSnapshot mark;

    RowCheck(DruidCluster cluster, Run run, Plan plan, SegmentSnapshot mark) {
        this.cluster = cluster;
        this.run = run;
        this.plan = plan;
        this.mark = mark;
    }

    /** Returns, for a person, which counts disagree; empty if they agree or cannot be compared. */
    Optional<String> mismatch(Counts counts, Map<String, SegmentState> segments) {
        long rows = Objects.requireNonNull(counts.rows(), "rows of the segments");
        Long read = counts.read();
        if (segments.values().stream().anyMatch(segment -> segment.overshadowed() || !segment.available())) {
            // A later writer replaced them, or they stay in deep storage: a query cannot count them.
            return Optional.empty();
        }
        if (read == null) {
            return queried(rows, null);
        }
        if (!mark.isOwn() && (plan.isRolledUp() ? rows > 0 : rows >= read)) {
            // Some segments may be others': the run's rows are there, and additional rows mean nothing.
            return Optional.empty();
        }
        boolean agrees = plan.isRolledUp() ? rows <= read && (rows > 0 || read == 0) : rows == read;
        return agrees
                ? queried(rows, read)
                : Optional.of("the task reports " + read + " rows, its segments hold " + rows
                        + (plan.isRolledUp() ? " after rollup" : ""));
    }

    /** Counts by Druid SQL, if the chunks hold this run's segments alone: else its rows cannot be told from others. */
    private Optional<String> queried(long stored, @Nullable Long read) {
        if (run.mode() != Mode.REPLACE
                || !cluster.segmentUsage()
                        .used(run.datasource(), run.intervals())
                        .equals(mark.created())
                || mark.created().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> countColumn = plan.countColumn();
        RowTotals totals = cluster.queries()
                .totals(run.datasource(), run.chunks(), countColumn.stream().toList());
        if (totals.rows() != stored) {
            return Optional.of("the segments hold " + stored + " rows, a query counts " + totals.rows());
        }
        long queriedRead = countColumn
                .map(column -> Objects.requireNonNull(totals.sums().get(column)).longValue())
                .orElse(0L);
        return read == null || countColumn.isEmpty() || queriedRead == read
                ? Optional.empty()
                : Optional.of("the task reports " + read + " rows, a query sums up " + queriedRead);
    }
}
