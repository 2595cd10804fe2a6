package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.RunKind;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SegmentState;

/**
 * Proves that rows are queryable: all of the run's own segments are served, and the broker counts as many rows in them as the
 * task reported.
 *
 * <p>SUCCESS proves neither (apache/druid #19003, #13770), and a crash of Druid during a task can double rows under SUCCESS. Beside
 * concurrent appends, a replace may even publish under an old version, which changes nothing (apache/druid #18099).
 */
@ApplicationScoped
class BatchVerification implements Verification {

    @Override
    public RunKind kind() {
        return RunKind.BATCH;
    }

    @Override
    public Outcome verify(Run run, Plan plan, SegmentSnapshot mark, Counts counts, DruidCluster cluster) {
        List<String> hidden = run.mode() == Mode.REPLACE ? OwnSegments.hidden(run.datasource(), mark) : List.of();
        if (!hidden.isEmpty()) {
            return new Outcome.Wrong(
                    "the task succeeded and replaced nothing: " + hidden.size()
                            + " of its segments are older than what was" + " there before, the first is "
                            + hidden.get(0) + " (apache/druid #18099)",
                    true);
        }
        Map<String, SegmentState> segments =
                mark.created().isEmpty() ? Map.of() : cluster.servedSegments().states(run.datasource(), mark.created());
        List<String> missing = SegmentState.notServed(mark.created(), segments);
        if (!missing.isEmpty()) {
            return new Outcome.NotYet(missing.size() + " segments were published and are not served, the first "
                    + missing.get(0) + "; see the load rules of the datasource and the free space of historicals");
        }
        long rows = segments.values().stream().mapToLong(SegmentState::rows).sum();
        long bytes = segments.values().stream().mapToLong(SegmentState::bytes).sum();
        Counts stored = counts.stored(rows, bytes);
        Optional<String> mismatch = new RowCheck(cluster, run, plan, mark).mismatch(stored, segments);
        return mismatch.<Outcome>map(message -> new Outcome.Wrong(message, true))
                .orElseGet(() -> new Outcome.Proven(stored));
    }
}
