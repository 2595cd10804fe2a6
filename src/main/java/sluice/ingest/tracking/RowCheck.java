package sluice.ingest.tracking;

import java.util.Map;
import java.util.Optional;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.RowTotals;
import sluice.platform.druid.SegmentState;

/** Whether a run's rows add up: in the task's report, in its segments, and in what a query returns. */
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

    /** What does not add up, or nothing. */
    Optional<String> mismatch(Counts counts, Map<String, SegmentState> segments) {
        if (segments.values().stream().anyMatch(segment -> segment.overshadowed() || !segment.available())) {
            // Replaced by a later writer, or meant for deep storage only: there is nothing that a query could count.
            return Optional.empty();
        }
        if (counts.read() == null) {
            return queried(counts.rows(), null);
        }
        if (!mark.isOwn() && (plan.isRolledUp() ? counts.rows() > 0 : counts.rows() >= counts.read())) {
            // Among the segments are those of others: the run's rows are there, and how many more says nothing.
            return Optional.empty();
        }
        boolean agrees = plan.isRolledUp()
                ? counts.rows() <= counts.read() && (counts.rows() > 0 || counts.read() == 0)
                : counts.rows().equals(counts.read());
        return agrees
                ? queried(counts.rows(), counts.read())
                : Optional.of("the task reports " + counts.read() + " rows, its segments hold " + counts.rows()
                        + (plan.isRolledUp() ? " after rollup" : ""));
    }

    /** Asks Druid SQL; only where the chunks hold this run's segments alone can its rows be told from others. */
    private Optional<String> queried(long stored, Long read) {
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
        long queriedRead =
                countColumn.map(column -> totals.sums().get(column).longValue()).orElse(0L);
        return read == null || countColumn.isEmpty() || queriedRead == read
                ? Optional.empty()
                : Optional.of("the task reports " + read + " rows, a query sums up " + queriedRead);
    }
}
