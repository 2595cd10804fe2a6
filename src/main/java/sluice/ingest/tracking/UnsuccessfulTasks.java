package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.log.Log;

/**
 * Ends runs whose task has failed, was shut down, or is unknown to Druid. None of that says that the task published nothing: its
 * worker may have died in between. So the segments are compared with the snapshot first. What is the run's own is taken back. If
 * that cannot be told, the run fails as {@link Problem.Code#NOT_TAKEN_BACK} and keeps its objects.
 */
@ApplicationScoped
class UnsuccessfulTasks {

    private static final Log LOG = Log.of(UnsuccessfulTasks.class);

    private final RunStore store;
    private final RunCompletion completion;
    private final OwnSegments own;
    private final Clock clock;

    UnsuccessfulTasks(RunStore store, RunCompletion completion, OwnSegments own, Clock clock) {
        this.store = store;
        this.completion = completion;
        this.own = own;
        this.clock = clock;
    }

    /** Ends a run that a person cancelled. */
    void cancelled(Run run, RunState.InDruid state, String reason, DruidCluster cluster) {
        if (isClean(run, state, "the run was cancelled (" + reason + ")", cluster)) {
            completion.cancelled(run, state.cancelled(clock.instant(), reason));
        }
    }

    /** Ends a run whose task was shut down because it took too long. */
    void timedOut(Run run, RunState.InDruid state, DruidCluster cluster) {
        Problem problem = new Problem(
                Problem.Code.TIME_LIMIT,
                "The task ran longer than " + run.timeLimit() + " and was shut down; raise batch.timeout, or see in"
                        + " Druid's console what it waited for");
        if (isClean(run, state, problem.message(), cluster)) {
            completion.timedOut(run, state.timedOut(clock.instant(), problem));
        }
    }

    /** Fails the run, or plans another attempt. */
    void failed(Run run, RunState.InDruid state, Problem problem, List<String> errors, DruidCluster cluster) {
        if (isClean(run, state, problem.message(), cluster)) {
            completion.fail(run, state, problem, errors);
        }
    }

    /** Returns true if nothing of the run is left in Druid. Otherwise the run has ended. */
    private boolean isClean(Run run, RunState.InDruid state, String why, DruidCluster cluster) {
        if (!run.isBatch()) {
            // A compaction that was published after all keeps the rows, and a kill removes what nobody uses.
            return true;
        }
        Optional<SegmentSnapshot> before = store.segmentMark(run);
        if (before.isEmpty()) {
            notTakenBack(run, state, why + "; its snapshot of segments is gone, so it may have loaded its files");
            return false;
        }
        SegmentSnapshot left = own.ofFailure(run, before.get(), cluster);
        if (left.created().isEmpty()) {
            return true;
        }
        LOG.warn(
                "Task published segments although it did not succeed",
                "runId",
                run.id(),
                "segments",
                left.created().size(),
                "otherWriters",
                left.otherWriters());
        if (left.isOwn()) {
            completion.takeBack(run, cluster, left);
            return true;
        }
        store.mark(run, left);
        notTakenBack(
                run, state, why + "; its chunks have " + left.created().size() + " new segments, and " + left.doubt());
        return false;
    }

    private void notTakenBack(Run run, RunState.InDruid state, String message) {
        completion.fail(run, state, new Problem(Problem.Code.NOT_TAKEN_BACK, message), List.of());
    }
}
