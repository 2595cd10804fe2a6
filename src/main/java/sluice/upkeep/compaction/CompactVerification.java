package sluice.upkeep.compaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.tracking.Verification;
import sluice.platform.druid.ChunkSegment;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SegmentState;

/**
 * Proves that a compaction has kept what it rewrote: its segments serve the chunk in place of the earlier ones, with the same
 * rows, or fewer if equal rows were rolled up, and with the same sums.
 */
@ApplicationScoped
class CompactVerification implements Verification {

    private final ChunkView view;

    CompactVerification(ChunkView view) {
        this.view = view;
    }

    @Override
    public RunKind kind() {
        return RunKind.COMPACT;
    }

    @Override
    public Outcome verify(Run run, Plan plan, SegmentSnapshot snapshot, Counts counts, DruidCluster cluster) {
        if (snapshot.created().isEmpty()) {
            return new Outcome.Wrong("the task has ended, but there is no new segment", false);
        }
        Map<String, SegmentState> states = cluster.servedSegments().states(run.datasource(), snapshot.created());
        List<String> missing = SegmentState.notServed(snapshot.created(), states);
        if (!missing.isEmpty()) {
            return new Outcome.NotYet(
                    missing.size() + " segments were published but are not served, the first is " + missing.get(0));
        }
        long rows = sum(states, false);
        Counts stored = counts.stored(rows, sum(states, true));
        if (states.values().stream().anyMatch(SegmentState::overshadowed)) {
            // A later writer has replaced the chunk, so there is nothing left to compare.
            return new Outcome.Proven(stored);
        }
        return compared(run, plan, snapshot, stored, view.contents(cluster, run.datasource(), chunk(run)), cluster);
    }

    private Outcome compared(
            Run run, Plan plan, SegmentSnapshot snapshot, Counts stored, ChunkContents now, DruidCluster cluster) {
        Set<String> old = new TreeSet<>(now.ids());
        old.retainAll(snapshot.before());
        if (!old.isEmpty()) {
            return new Outcome.NotYet(old.size() + " earlier segments are still served, the first is "
                    + old.iterator().next());
        }
        List<ChunkSegment> own =
                now.segments().stream().filter(ChunkSegment::isCore).toList();
        // Rows that were appended meanwhile serve the chunk as well, so its sums are no longer comparable.
        boolean alone =
                own.size() == now.segments().size() && snapshot.created().equals(now.ids());
        long ownRows = own.stream().mapToLong(ChunkSegment::rows).sum();
        CompactionInvariant before =
                CompactionInvariant.readFrom(plan.requireSpec().path("context"));
        CompactionInvariant after = alone
                ? view.measure(
                        cluster,
                        run.datasource(),
                        chunk(run),
                        before.rolledUp(),
                        before.sums().keySet())
                : new CompactionInvariant(ownRows, before.rolledUp(), Map.of());
        if (after.rows() != ownRows) {
            return new Outcome.NotYet("the segments hold " + ownRows + " rows, but a query counts " + after.rows());
        }
        Optional<String> difference = before.difference(after);
        // Taking back segments to which rows were appended would lose those rows.
        return difference
                .<Outcome>map(message -> new Outcome.Wrong(
                        "compaction did not keep " + run.intervals() + ": " + message
                                + (alone
                                        ? ""
                                        : "; rows were appended meanwhile, so nothing is taken back automatically"),
                        alone))
                .orElseGet(() -> new Outcome.Proven(stored));
    }

    private static TimeChunk chunk(Run run) {
        return run.chunks().get(0);
    }

    private static long sum(Map<String, SegmentState> states, boolean bytes) {
        return states.values().stream()
                .mapToLong(state -> bytes ? state.bytes() : state.rows())
                .sum();
    }
}
