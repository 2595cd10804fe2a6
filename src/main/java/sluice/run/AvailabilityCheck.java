package sluice.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import sluice.druid.DruidCluster;
import sluice.druid.SegmentState;

/**
 * Follows a run from the end of its task to the moment when its rows are proven queryable: every one of its own segments
 * is served, and the rows in them, as the broker counts them, are those that the task reported.
 *
 * <p>SUCCESS alone proves neither (apache/druid #19003, #13770), and a crash of Druid in the middle of a task can double
 * rows under SUCCESS.
 */
@ApplicationScoped
class AvailabilityCheck {

    private static final Logger LOG = Logger.getLogger(AvailabilityCheck.class);

    private final RunStore store;
    private final Transitions transitions;
    private final Endings endings;
    private final Clock clock;
    private final Duration limit;
    private final Duration patience;

    AvailabilityCheck(
            RunStore store,
            Transitions transitions,
            Endings endings,
            Clock clock,
            @ConfigProperty(name = "sluice.availability.limit", defaultValue = "PT1H") Duration limit,
            @ConfigProperty(name = "sluice.availability.patience", defaultValue = "PT2M") Duration patience) {
        this.store = store;
        this.transitions = transitions;
        this.endings = endings;
        this.clock = clock;
        this.limit = limit;
        this.patience = patience;
    }

    void check(Run run, RunState.Succeeded state, DruidCluster cluster) {
        SegmentMark mark = store.segmentMark(run)
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " has no segment mark"));
        Map<String, SegmentState> segments =
                mark.created().isEmpty() ? Map.of() : cluster.segments(run.datasource(), mark.created());
        List<String> missing = mark.created().stream()
                .filter(id -> !segments.containsKey(id)
                        || !segments.get(id).isHandedOff()
                        || !segments.get(id).isCounted())
                .toList();
        Instant now = clock.instant();
        if (!missing.isEmpty()) {
            if (now.isAfter(state.since().plus(limit))) {
                endings.timedOut(run, state.timedOut(now, notAvailable(missing)));
            } else {
                transitions.postpone(run);
            }
            return;
        }
        count(run, state, cluster, mark, segments);
    }

    private void count(
            Run run,
            RunState.Succeeded state,
            DruidCluster cluster,
            SegmentMark mark,
            Map<String, SegmentState> segments) {
        long rows = segments.values().stream().mapToLong(SegmentState::rows).sum();
        long bytes = segments.values().stream().mapToLong(SegmentState::bytes).sum();
        Instant now = clock.instant();
        Counts counts = state.counts().stored(rows, bytes);
        Optional<String> mismatch = new RowCheck(cluster, run, store.plan(run), mark).mismatch(counts, segments);
        if (mismatch.isEmpty()) {
            endings.available(run, state.available(now, counts));
        } else if (now.isBefore(state.since().plus(patience))) {
            // The broker learns row counts and new versions a moment after it learns of the segments.
            transitions.postpone(run);
        } else {
            LOG.errorf("Rows do not add up, the run's segments are taken back: %s", mismatch.get());
            endings.takeBack(run, cluster, mark);
            endings.fail(run, state, new Problem(Problem.Code.ROWS_MISMATCH, mismatch.get()), List.of());
        }
    }

    private Problem notAvailable(List<String> missing) {
        return new Problem(
                Problem.Code.NOT_AVAILABLE,
                missing.size() + " segments were published and not served within " + limit + ", the first "
                        + missing.get(0) + "; see the load rules of the datasource and the free space of historicals");
    }
}
