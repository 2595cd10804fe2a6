package sluice.ingest.submission;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.InputObject;
import sluice.core.spec.SpecBinding;
import sluice.ingest.run.LeaseAnswer;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.run.Transitions;
import sluice.ingest.tracking.RunCompletion;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.SubmitAnswer;
import sluice.platform.druid.TaskLock;
import sluice.platform.log.Log;

/**
 * Submits the task of a planned run to Druid once, however often the event arrives.
 *
 * <p>It closes four races. Two runs on one time chunk: the run takes its leases before anything is posted. A crash or a lost
 * answer between the POST and the state write: the task id is deterministic, so the next try gets Druid's "already exists",
 * reads the task, compares the spec hash in its context and adopts it. Two submitters at once: Druid accepts one task per id,
 * the state write is conditional, and both use the first one's snapshot of segments. A run that is superseded or cancelled while
 * it is submitted: the snapshot is stored before the POST in a transaction that is conditional on the run's version. From then
 * on nobody ends the run without Druid's word.
 *
 * <p>Before the POST it compares the objects with the plan: Druid would read what is under their keys by now. If one has changed,
 * nothing is posted and the run fails as {@link Problem.Code#OBJECTS_CHANGED}, so that its chunks are planned anew.
 */
@ApplicationScoped
public class Submitter {

    private static final Log LOG = Log.of(Submitter.class);
    /** How long a run waits for a cluster that does not answer, before it fails. */
    private static final Duration LONGEST_OUTAGE = Duration.ofDays(2);

    private final RunStore store;
    private final LeaseStore leases;
    private final Transitions transitions;
    private final DruidClusters clusters;
    private final TaskPosting posting;
    private final RunCompletion completion;
    private final Clock clock;

    Submitter(
            RunStore store,
            LeaseStore leases,
            Transitions transitions,
            DruidClusters clusters,
            TaskPosting posting,
            RunCompletion completion,
            Clock clock) {
        this.store = store;
        this.leases = leases;
        this.transitions = transitions;
        this.clusters = clusters;
        this.posting = posting;
        this.completion = completion;
        this.clock = clock;
    }

    /** Submits the run if it is not submitted yet. What fails for now is tried again when the run is due. */
    public void submit(String runId) {
        Optional<Run> found = store.find(runId);
        if (found.isEmpty()) {
            LOG.warn("Event of an unknown run is ignored", "runId", runId);
            return;
        }
        Run run = found.get();
        if (!(run.state() instanceof RunState.Unsubmitted state)) {
            LOG.info(
                    "Event of a run that is submitted already is ignored",
                    "runId",
                    runId,
                    "state",
                    run.state().label());
            return;
        }
        Optional<DruidCluster> cluster = clusters.find(run.cluster());
        if (cluster.isEmpty()) {
            // Ticks fail the run if the environment stays like this.
            transitions.setBack(
                    run,
                    "the environment has no cluster " + run.cluster() + ", only " + clusters.names()
                            + ": set SLUICE_CLUSTERS_<NAME>_URL");
            return;
        }
        Plan plan = store.plan(run);
        if (!isAppendedTo(run, state, plan, cluster.get())) {
            leased(run, state).ifPresent(leased -> send(leased, state, plan, cluster.get()));
        }
    }

    /** Asked before the run takes its leases, because another delivery of the same event may rely on them. */
    private boolean isAppendedTo(Run run, RunState.Unsubmitted state, Plan plan, DruidCluster cluster) {
        boolean again = store.mayBePosted(run);
        try {
            Optional<TaskLock> lock = again ? Optional.empty() : AppendingTasks.of(run, plan, cluster);
            lock.ifPresent(held ->
                    waiting(run, state, null, "task " + held.group() + " still appends to one of the time chunks"));
            return lock.isPresent();
        } catch (DruidException exception) {
            handle(run, state, cluster, again, exception);
            return true;
        }
    }

    /** Returns the run with its leases, as it is stored. Empty if it has to wait for them. */
    private Optional<Run> leased(Run run, RunState.Unsubmitted state) {
        LeaseAnswer answer = leases.take(run);
        if (answer instanceof LeaseAnswer.HeldBy held) {
            waiting(run, state, held.runId(), LeaseAnswer.named(held.runId()) + " writes the same time chunk");
        } else if (answer instanceof LeaseAnswer.Contended) {
            waiting(run, state, null, "another run asked for the same time chunk at the same moment");
        }
        return answer instanceof LeaseAnswer.Acquired acquired ? Optional.of(acquired.run()) : Optional.empty();
    }

    private void waiting(Run run, RunState.Unsubmitted state, @Nullable String holder, String reason) {
        if (state instanceof RunState.Waiting) {
            transitions.setBack(run, reason);
        } else {
            transitions.move(run, state.waiting(clock.instant(), holder));
        }
    }

    private void send(Run leased, RunState.Unsubmitted state, Plan plan, DruidCluster cluster) {
        boolean again = store.mayBePosted(leased);
        Optional<InputObject> forbidden = again ? Optional.empty() : posting.forbidden(leased, plan);
        if (forbidden.isPresent()) {
            String message = "The environment does not let " + leased.datasource() + " read "
                    + forbidden.get().location() + " (SLUICE_BUCKETS)";
            refuse(leased, state, new Problem(Problem.Code.CONTRACT, message));
            return;
        }
        List<InputObject> changed = posting.changed(plan);
        if (!changed.isEmpty() && !again) {
            completion.fail(leased, state, changed(changed), List.of());
            return;
        }
        Run run = leased;
        try {
            if (!changed.isEmpty()) {
                adoptOnly(run, state, cluster, changed);
                return;
            }
            Optional<Run> begun = again ? Optional.of(leased) : posting.begin(leased, plan, cluster);
            if (begun.isEmpty()) {
                transitions.setBack(run, "a task of a run that has ended still writes the same time chunk");
                return;
            }
            run = begun.get();
            SubmitAnswer answer = cluster.tasks()
                    .submit(run.taskId(), posting.task(run, plan, cluster).toString());
            if (answer instanceof SubmitAnswer.Accepted accepted) {
                submitted(run, state, cluster, accepted.taskId());
            } else if (answer instanceof SubmitAnswer.AlreadyExists) {
                adopt(run, state, cluster);
            } else if (answer instanceof SubmitAnswer.Refused refused) {
                refused(run, state, cluster, refused.message());
            }
        } catch (DruidException exception) {
            handle(run, state, cluster, again, exception);
        }
    }

    private static Problem changed(List<InputObject> changed) {
        return new Problem(
                Problem.Code.OBJECTS_CHANGED,
                changed.size() + " of the objects were overwritten or deleted before the task was posted, the first is "
                        + changed.get(0).location());
    }

    /**
     * Posts nothing, but does not end the run either: another submitter may post its task at this moment. The run counts as submitted.
     * If Druid does not know the task, its follower gives it up, and the next attempt compares the objects again.
     */
    private void adoptOnly(Run run, RunState.Unsubmitted state, DruidCluster cluster, List<InputObject> changed) {
        LOG.warn(
                "Objects have changed, so the task is not posted again",
                "runId",
                run.id(),
                "objects",
                changed.size(),
                "first",
                changed.get(0).location());
        if (cluster.tasks().statuses(List.of(run.taskId())).containsKey(run.taskId())) {
            adopt(run, state, cluster);
        } else {
            submitted(run, state, cluster, run.taskId());
        }
    }

    /** Refuses the run. The ledger says so before the run does. */
    private void refuse(Run run, RunState.Unsubmitted state, Problem problem) {
        completion.refused(run, state.refused(clock.instant(), problem));
    }

    /** Stores that Druid has the task. If the run has ended meanwhile, nobody waits for the task, so it is shut down. */
    private void submitted(Run run, RunState.Unsubmitted state, DruidCluster cluster, String taskId) {
        try {
            transitions.move(run, state.submitted(clock.instant(), taskId));
        } catch (StaleRunException exception) {
            if (store.find(run.id()).filter(Run::hasEnded).isPresent()) {
                cluster.tasks().shutdown(taskId);
            }
            throw exception;
        }
    }

    /**
     * Ends the run as refused, unless Druid accepted an earlier POST of the task whose answer was lost. That may have been the first
     * of two POSTs of the same call: the client repeats a POST without an answer.
     */
    private void refused(Run run, RunState.Unsubmitted state, DruidCluster cluster, String reason) {
        if (cluster.tasks().statuses(List.of(run.taskId())).containsKey(run.taskId())) {
            adopt(run, state, cluster);
        } else {
            refuse(run, state, new Problem(Problem.Code.REFUSED_BY_DRUID, reason));
        }
    }

    private void adopt(Run run, RunState.Unsubmitted state, DruidCluster cluster) {
        String taskId = run.taskId();
        Optional<JsonNode> payload = cluster.tasks().find(taskId);
        if (payload.isEmpty()) {
            // After a leader change, one of its answers may be behind.
            transitions.setBack(run, "Druid has task " + taskId + " and does not show it yet");
            return;
        }
        String hash = payload.get().path("context").path(SpecBinding.SPEC_HASH).asText();
        if (hash.equals(run.specHash())) {
            LOG.info("Druid has the task already, it is adopted", "runId", run.id(), "taskId", taskId);
            submitted(run, state, cluster, taskId);
        } else {
            String message = "Druid has another task with the id " + taskId + ", whose spec hash is '" + hash
                    + "' and not '" + run.specHash()
                    + "'. Sluice leaves it alone. Its files count as loaded. See what it did, then request a new run with an"
                    + " idempotency key.";
            completion.fail(run, state, new Problem(Problem.Code.TASK_CONFLICT, message), List.of());
        }
    }

    /** Ends the run if Druid refuses it, or does not answer for too long. A run that Druid may have goes on waiting. */
    private void handle(
            Run run, RunState.Unsubmitted state, DruidCluster cluster, boolean again, DruidException exception) {
        Instant now = clock.instant();
        boolean mayBePosted = again || store.mayBePosted(run);
        if (!exception.isTransient() && !again && mayBePosted) {
            refused(
                    run,
                    state,
                    cluster,
                    Problem.of(Problem.Code.REFUSED_BY_DRUID, exception).message());
        } else if (!exception.isTransient() && !again) {
            refuse(run, state, Problem.of(Problem.Code.REFUSED_BY_DRUID, exception));
        } else if (!mayBePosted && Duration.between(state.since(), now).compareTo(LONGEST_OUTAGE) > 0) {
            completion.fail(run, state, Problem.of(Problem.Code.UNREACHABLE, exception), List.of());
        } else {
            transitions.setBack(run, exception.getMessage());
        }
    }
}
