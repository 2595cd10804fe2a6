package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.core.batch.InputObject;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.IngestSettings;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.EarlierSegments;
import sluice.platform.druid.SegmentUsage;
import sluice.platform.log.Log;

/**
 * Ends runs. It writes the ledger before the run's own state: if the function dies in between, the run is still due and ends once
 * more.
 *
 * <p>Two functions may judge one run at once, and differently. So the run is written first, with its version counted up: of two that
 * have read the same version, one goes on. The ledger refuses what comes from an older version of the run.
 */
@ApplicationScoped
public class RunCompletion {

    private static final Log LOG = Log.of(RunCompletion.class);

    private final RunStore store;
    private final Transitions transitions;
    private final Ledger ledger;
    private final LoadHistory history;
    private final OwnSegments own;
    private final Clock clock;
    private final IngestSettings settings;

    RunCompletion(
            RunStore store,
            Transitions transitions,
            Ledger ledger,
            LoadHistory history,
            OwnSegments own,
            Clock clock,
            IngestSettings settings) {
        this.store = store;
        this.transitions = transitions;
        this.ledger = ledger;
        this.history = history;
        this.own = own;
        this.clock = clock;
        this.settings = settings;
    }

    /** Fails the run, or plans another attempt if the problem may not come again. */
    public void fail(Run run, RunState.Live state, Problem problem, List<String> errors) {
        RunState.Failed failed = state.failed(clock.instant(), problem);
        if (problem.isWorthRetrying() && run.attempt() < settings.attempts()) {
            transitions.repeat(run, failed);
        } else {
            end(run, withEarlierLoad(run, failed), errors);
        }
    }

    /** The end of an attempt says nothing of rows that an earlier one has left. */
    private static RunState.Failed withEarlierLoad(Run run, RunState.Failed end) {
        return run.load()
                .filter(load -> !end.problem().mayHaveLoaded())
                .map(load -> new RunState.Failed(
                        end.since(),
                        new Problem(
                                end.problem().code(),
                                end.problem().message() + "; what attempt " + load.attempt()
                                        + " of the run has loaded may still be served ("
                                        + load.end().label() + ")")))
                .orElse(end);
    }

    /** Ends a run whose task is not posted. */
    public void refused(Run run, RunState.Refused end) {
        end(run, end, List.of(end.problem().message()));
    }

    void timedOut(Run run, RunState.TimedOut end) {
        end(run, end, List.of(end.problem().message()));
    }

    void cancelled(Run run, RunState.Cancelled end) {
        end(run, end, List.of());
    }

    /** Takes the run's segments back and ends the run. */
    void rollBack(
            Run run,
            RunState.InDruid state,
            RunState.RolledBack end,
            DruidCluster cluster,
            SegmentSnapshot mark,
            List<String> errors) {
        takeBack(run, state, cluster, mark, end.problem()).ifPresent(clean -> end(clean, end, errors));
    }

    /**
     * Marks the run's segments unused, so that Druid serves again what they overshadowed. The coordinator may have marked that
     * unused already, so it is marked used first: else no rows would be left. Does nothing if the segments may be another writer's.
     *
     * <p>The run is written first. So if another function has moved it since it was read, nothing is marked: the segments may be
     * those of the next attempt. The reason is stored with it, so after a crash in the middle the next check goes on.
     *
     * <p>A compaction that began before the segments were unused may have read them, and publish their rows in segments of its own.
     * So other writers are looked for once more afterwards. If there are some, the run fails as not taken back. So it does if others
     * hide what it had replaced.
     *
     * @return the run as it is written; empty if it has ended because its rows may have been copied
     * @throws sluice.ingest.run.StaleRunException if another function wrote the run since it was read
     */
    Optional<Run> takeBack(Run run, RunState.Live state, DruidCluster cluster, SegmentSnapshot mark, Problem reason) {
        if (mark.created().isEmpty()) {
            return Optional.of(run);
        }
        if (!mark.isOwn()) {
            notTakenBack(run, state, cluster, mark, reason);
            return Optional.empty();
        }
        Run written = transitions.postpone(run, mark.takingBack(reason));
        SegmentUsage usage = cluster.segmentUsage();
        Set<String> earlier = run.mode() == Mode.REPLACE ? mark.before() : Set.of();
        EarlierSegments.markUsed(usage, run.datasource(), run.intervals(), earlier);
        usage.markUnused(run.datasource(), mark.created());
        EarlierSegments.markUsed(usage, run.datasource(), run.intervals(), earlier);
        SegmentSnapshot after = own.takenBack(written, mark.takingBack(reason), cluster);
        if (after.isOwn()) {
            return Optional.of(written);
        }
        // Stored first: after a crash, nothing but this says that the rows may have been copied.
        store.mark(written, after);
        notTakenBack(written, state, cluster, after, reason);
        return Optional.empty();
    }

    private void notTakenBack(
            Run run, RunState.Live state, DruidCluster cluster, SegmentSnapshot mark, Problem reason) {
        LOG.warn("A run may have left rows behind", "runId", run.id(), "reason", mark.doubt());
        Optional<String> hiding = mark.takingBack() == null ? Optional.empty() : own.hiding(run, mark, cluster);
        String hidden = hiding.map(segment -> "; what they had replaced is hidden by segment " + segment
                        + ": a new run of the time chunk loads the rows again, and replaces that segment, too")
                .orElse("");
        Problem problem = new Problem(Problem.Code.NOT_TAKEN_BACK, reason.message() + "; " + mark.doubt() + hidden);
        fail(run, state, problem, List.of());
    }

    void available(Run run, RunState.Available end, SegmentSnapshot mark) {
        Plan plan = store.plan(run);
        Run alone = store.save(run);
        ledger.ended(alone, end, plan.objects(), end.counts().read(), List.of());
        transitions.move(alone, end);
        if (run.isBatch() && mark.isOwn()) {
            history.add(run, plan, end.counts());
        }
    }

    private void end(Run run, RunState end, List<String> errors) {
        List<InputObject> objects = store.plan(run).objects();
        Run alone = store.save(run);
        ledger.ended(alone, end, objects, null, errors);
        transitions.move(alone, end);
    }
}
