package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.ObjectAccess;
import sluice.platform.log.Log;

/**
 * Ends runs whose task has failed, was shut down, or is unknown to Druid. None of that says that the task published nothing: its
 * worker may have died in between. So the segments are compared with the snapshot first. What is the run's own is taken back. If
 * that cannot be told, the run fails as {@link Problem.Code#NOT_TAKEN_BACK} and keeps its objects.
 */
@ApplicationScoped
class UnsuccessfulTasks {

    private static final Log LOG = Log.of(UnsuccessfulTasks.class);

    private static final Pattern REFUSED_ADDRESS = Pattern.compile("HTTP response code: 40[03]\\b");

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
        cleaned(run, state, new Problem(Problem.Code.TASK_FAILED, "the run was cancelled (" + reason + ")"), cluster)
                .ifPresent(clean -> completion.cancelled(clean, state.cancelled(clock.instant(), reason)));
    }

    /** Ends a run whose task was shut down because it took too long. */
    void timedOut(Run run, RunState.InDruid state, DruidCluster cluster) {
        Problem problem = new Problem(
                Problem.Code.TIME_LIMIT,
                "The task ran longer than " + run.timeLimit() + " and was shut down; raise batch.timeout, or see in"
                        + " Druid's console what it waited for");
        cleaned(run, state, problem, cluster)
                .ifPresent(clean -> completion.timedOut(clean, state.timedOut(clock.instant(), problem)));
    }

    /** Fails the run, or plans another attempt. */
    void failed(Run run, RunState.InDruid state, Problem problem, List<String> errors, DruidCluster cluster) {
        Problem cause = orRestart(run, orExpiry(problem, cluster), cluster);
        cleaned(run, state, cause, cluster).ifPresent(clean -> completion.fail(clean, state, cause, errors));
    }

    /**
     * A presigned address dies with the session of the role that signed it, if not before. A task that waited too long for its lock
     * or for a slot gets 403 or 400 (ExpiredToken) from S3, which says nothing about the files.
     */
    private static Problem orExpiry(Problem problem, DruidCluster cluster) {
        return problem.code() == Problem.Code.TASK_FAILED
                        && cluster.objectAccess() == ObjectAccess.PRESIGNED
                        && REFUSED_ADDRESS.matcher(problem.message()).find()
                ? new Problem(
                        Problem.Code.ADDRESSES_EXPIRED,
                        "S3 refused the presigned address of an object: it had expired when the task read it, or the role of"
                                + " submit may not read the object: " + problem.message())
                : problem;
    }

    /**
     * After a crash, the sub-tasks of a multi-phase task run again, the old ones beside the new. Druid 33 may then end the task with
     * an error of its own, such as a ClassCastException, which says nothing about the files.
     */
    private Problem orRestart(Run run, Problem problem, DruidCluster cluster) {
        List<String> servers = store.segmentMark(run)
                .filter(mark -> !mark.workers().isEmpty())
                .map(mark -> mark.restarted(cluster.workers()))
                .orElse(List.of());
        return servers.isEmpty()
                ? problem
                : new Problem(
                        Problem.Code.SERVERS_RESTARTED,
                        "Druid's servers " + servers + " were restarted while the task ran, and it failed: "
                                + problem.message());
    }

    /** Returns the run, as it is stored, once nothing of it is left in Druid. Empty if that cannot be: the run has ended. */
    private Optional<Run> cleaned(Run run, RunState.InDruid state, Problem why, DruidCluster cluster) {
        if (!run.isBatch()) {
            // A compaction that was published after all keeps the rows, and a kill removes what nobody uses.
            return Optional.of(run);
        }
        Optional<SegmentSnapshot> before = store.segmentMark(run);
        if (before.isEmpty()) {
            notTakenBack(
                    run, state, why.message() + "; its snapshot of segments is gone, so it may have loaded its files");
            return Optional.empty();
        }
        if (before.get().takingBack() != null) {
            return completion.takeBack(run, state, cluster, before.get(), why);
        }
        SegmentSnapshot left = own.ofFailure(run, before.get(), cluster);
        if (left.created().isEmpty()) {
            return Optional.of(run);
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
            return completion.takeBack(run, state, cluster, left, why);
        }
        store.mark(run, left);
        notTakenBack(
                run,
                state,
                why.message() + "; its chunks have " + left.created().size() + " new segments, and " + left.doubt());
        return Optional.empty();
    }

    private void notTakenBack(Run run, RunState.InDruid state, String message) {
        completion.fail(run, state, new Problem(Problem.Code.NOT_TAKEN_BACK, message), List.of());
    }
}
