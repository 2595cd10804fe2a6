package sluice.ingest.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import sluice.core.spec.SpecBinding;
import sluice.ingest.run.LeaseAnswer;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.ObjectAccess;
import sluice.platform.druid.SubmitAnswer;

/**
 * Sends the task of a planned run to Druid, exactly once however often it is asked to.
 *
 * <p>Three races are closed here. Two runs on one time chunk: the lease, taken before anything is sent. A crash or a
 * lost answer between the POST and the state write: the task id is known beforehand, so the next try meets Druid's
 * "already exists", reads the task back, compares the spec hash in its context and adopts it. Two submitters at once:
 * Druid takes one task of an id, and the state write is conditional.
 */
@ApplicationScoped
public class Submitter {

    private static final Logger LOG = Logger.getLogger(Submitter.class);
    /** How long a run waits for its cluster before it gives up: nobody looks for yesterday's data for ever. */
    private static final Duration LONGEST_OUTAGE = Duration.ofDays(2);

    private final RunStore store;
    private final LeaseStore leases;
    private final Transitions transitions;
    private final DruidClusters clusters;
    private final PresignedObjects presigned;
    private final Clock clock;

    Submitter(
            RunStore store,
            LeaseStore leases,
            Transitions transitions,
            DruidClusters clusters,
            PresignedObjects presigned,
            Clock clock) {
        this.store = store;
        this.leases = leases;
        this.transitions = transitions;
        this.clusters = clusters;
        this.presigned = presigned;
        this.clock = clock;
    }

    /** Submits the run, unless that has been done. What cannot be done now is tried again when the run is due. */
    public void submit(String runId) {
        Optional<Run> found = store.find(runId);
        if (found.isEmpty()) {
            LOG.warnf("Run %s is not in the state table; its event is passed over", runId);
            return;
        }
        Run run = found.get();
        if (run.state() instanceof RunState.Cancelled) {
            // Its task may have been posted by a submitter that lost the state write to the cancellation, and then
            // died.
            clusters.find(run.cluster()).ifPresent(cluster -> cluster.tasks().shutdown(run.taskId()));
        }
        if (!(run.state() instanceof RunState.Unsubmitted state)) {
            LOG.infof(
                    "Run %s is %s already; its event is passed over",
                    runId, run.state().label());
            return;
        }
        Optional<DruidCluster> cluster = clusters.find(run.cluster());
        if (cluster.isEmpty()) {
            transitions.move(
                    run,
                    state.failed(
                            clock.instant(),
                            new Problem(
                                    Problem.Code.UNKNOWN_CLUSTER,
                                    "The environment has no cluster called " + run.cluster() + ", only "
                                            + clusters.names() + ": set SLUICE_CLUSTERS_<NAME>_URL")));
            return;
        }
        if (isLeased(run, state)) {
            send(run, state, cluster.get());
        }
    }

    private boolean isLeased(Run run, RunState.Unsubmitted state) {
        LeaseAnswer answer = leases.take(run);
        if (answer instanceof LeaseAnswer.HeldBy held) {
            waiting(run, state, held.runId(), "run " + held.runId() + " writes the same time chunk");
        } else if (answer instanceof LeaseAnswer.Contended) {
            waiting(run, state, null, "another run asked for the same time chunk at the same moment");
        }
        return answer instanceof LeaseAnswer.Acquired;
    }

    private void waiting(Run run, RunState.Unsubmitted state, String holder, String reason) {
        if (state instanceof RunState.Waiting) {
            transitions.setBack(run, reason);
        } else {
            transitions.move(run, state.waiting(clock.instant(), holder));
        }
    }

    private void send(Run run, RunState.Unsubmitted state, DruidCluster cluster) {
        Plan plan = store.plan(run);
        SubmitAnswer answer;
        try {
            noteSegments(run, plan, cluster);
            answer = cluster.tasks()
                    .submit(run.taskId(), task(run, plan, cluster).toString());
        } catch (DruidException exception) {
            handle(run, state, exception);
            return;
        }
        Instant now = clock.instant();
        if (answer instanceof SubmitAnswer.Accepted accepted) {
            submitted(run, state, cluster, accepted.taskId());
        } else if (answer instanceof SubmitAnswer.AlreadyExists existing) {
            adopt(run, state, cluster, existing.taskId());
        } else if (answer instanceof SubmitAnswer.Refused refused) {
            transitions.move(run, state.refused(now, new Problem(Problem.Code.REFUSED_BY_DRUID, refused.message())));
        }
    }

    /** A run that was cancelled between its lease and its task must not leave the task behind. */
    private void submitted(Run run, RunState.Unsubmitted state, DruidCluster cluster, String taskId) {
        try {
            transitions.move(run, state.submitted(clock.instant(), taskId));
        } catch (StaleRunException exception) {
            if (store.find(run.id())
                    .filter(now -> now.state() instanceof RunState.Cancelled)
                    .isPresent()) {
                cluster.tasks().shutdown(taskId);
            }
            throw exception;
        }
    }

    private ObjectNode task(Run run, Plan plan, DruidCluster cluster) {
        ObjectNode task = SpecBinding.bind(plan.spec(), run.taskId(), run.id(), run.specHash());
        return cluster.objectAccess() == ObjectAccess.S3 || !run.isBatch()
                ? task
                : SpecBinding.presigned(task, presigned.addresses(plan.objects(), run.timeLimit()));
    }

    /** The note is made once an attempt: after the POST it would hold the run's own segments. */
    private void noteSegments(Run run, Plan plan, DruidCluster cluster) {
        if (store.segmentMark(run).isEmpty()) {
            Set<String> before = cluster.segmentUsage().used(run.datasource(), run.intervals());
            store.mark(run, SegmentSnapshot.before(before, plan.isMultiPhase() ? cluster.workers() : Map.of()));
        }
    }

    private void adopt(Run run, RunState.Unsubmitted state, DruidCluster cluster, String taskId) {
        Optional<JsonNode> task;
        try {
            task = cluster.tasks().find(taskId);
        } catch (DruidException exception) {
            handle(run, state, exception);
            return;
        }
        String hash = task.map(payload ->
                        payload.path("context").path(SpecBinding.SPEC_HASH).asText())
                .orElse("");
        if (hash.equals(run.specHash())) {
            LOG.infof("Druid has task %s of this run already; it is adopted", taskId);
            transitions.move(run, state.submitted(clock.instant(), taskId));
        } else {
            transitions.move(
                    run,
                    state.failed(
                            clock.instant(),
                            new Problem(
                                    Problem.Code.TASK_CONFLICT,
                                    "Druid has another task under the id " + taskId + ", with spec hash '" + hash
                                            + "' instead of '" + run.specHash()
                                            + "'; it is left alone. Ask for a new run with an idempotency key.")));
        }
    }

    private void handle(Run run, RunState.Unsubmitted state, DruidException exception) {
        Instant now = clock.instant();
        if (!exception.isTransient()) {
            transitions.move(
                    run, state.refused(now, new Problem(Problem.Code.REFUSED_BY_DRUID, exception.getMessage())));
        } else if (Duration.between(state.since(), now).compareTo(LONGEST_OUTAGE) > 0) {
            transitions.move(run, state.failed(now, new Problem(Problem.Code.UNREACHABLE, exception.getMessage())));
        } else {
            transitions.setBack(run, exception.getMessage());
        }
    }
}
