package sluice.ingest.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.core.batch.InputObject;
import sluice.core.batch.TaskId;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.spec.SpecBinding;
import sluice.ingest.EnvironmentReach;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.RunSummary;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.run.TaskOwners;
import sluice.ingest.tracking.ObjectVersions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.ObjectAccess;
import sluice.platform.druid.TaskStatus;
import sluice.platform.log.Log;

/**
 * Prepares the POST of a run's task. Checks that the task may read its objects and that they are still those that
 * were planned, ends a task that nobody follows, and takes the snapshot of segments.
 */
@ApplicationScoped
class TaskPosting {

    private static final Log LOG = Log.of(TaskPosting.class);
    /** How long before its run was planned a task that is left may have been posted. */
    private static final Duration LONGEST_TASK = Duration.ofDays(3);

    private static final String FAILED = RunState.Failed.class.getSimpleName();

    private final EnvironmentReach reach;
    private final ObjectVersions versions;
    private final PresignedObjects presigned;
    private final RunStore store;
    private final RunIndex index;
    private final TaskOwners owners;
    private final Clock clock;

    TaskPosting(
            EnvironmentReach reach,
            ObjectVersions versions,
            PresignedObjects presigned,
            RunStore store,
            RunIndex index,
            TaskOwners owners,
            Clock clock) {
        this.reach = reach;
        this.versions = versions;
        this.presigned = presigned;
        this.store = store;
        this.index = index;
        this.owners = owners;
        this.clock = clock;
    }

    /** Returns an object that the datasource may not read. The setting may have changed since the run was planned. */
    Optional<InputObject> forbidden(Run run, Plan plan) {
        return plan.objects().stream()
                .filter(object -> !reach.policy()
                        .allows(
                                run.datasource(),
                                object.location().bucket(),
                                object.location().key()))
                .findFirst();
    }

    /**
     * Returns the objects that were overwritten or deleted since the run was planned. It costs a listing of the objects: a request
     * for each thousand of neighbours.
     */
    List<InputObject> changed(Plan plan) {
        return versions.changedOrGone(plan.objects());
    }

    /**
     * Takes the snapshot, once per attempt: after the POST it might hold the run's own segments.
     *
     * @return the run as it is stored; empty if a task that nobody follows has to end first
     * @throws sluice.ingest.run.StaleRunException if another function wrote the run since it was read
     */
    Optional<Run> begin(Run run, Plan plan, DruidCluster cluster) {
        Instant now = clock.instant();
        // First: whatever publishes after this question was active, or shows by its time of creation.
        Optional<List<String>> active = run.isBatch()
                ? cluster.taskTable().activeWriters(run.datasource(), run.taskId())
                : Optional.of(List.of());
        if (isLeftBehind(run, active.orElseGet(() -> ofFailedRuns(run)), cluster)) {
            return Optional.empty();
        }
        Set<String> before = cluster.segmentUsage().used(run.datasource(), run.intervals());
        Map<String, String> workers = plan.isMultiPhase() ? cluster.workers() : Map.of();
        return Optional.of(store.posting(run, SegmentSnapshot.before(before, workers, now, active.orElse(null))));
    }

    /**
     * Shuts down tasks of runs that have ended, and of earlier attempts, which would publish behind this run's back. There are such
     * only if a run had to end without Druid's word, because the environment did not have its cluster.
     */
    private boolean isLeftBehind(Run run, List<String> active, DruidCluster cluster) {
        List<String> left = owners.of(run.feed(), active).entrySet().stream()
                .filter(task -> isForgotten(task.getKey(), task.getValue()) && isInTheWay(task.getValue(), run))
                .map(Map.Entry::getKey)
                .toList();
        List<String> running = left.isEmpty()
                ? left
                : cluster.tasks().statuses(left).values().stream()
                        .filter(TaskStatus::isRunning)
                        .map(TaskStatus::id)
                        .sorted()
                        .toList();
        for (String task : running) {
            LOG.warn("Task that nobody follows is shut down", "runId", run.id(), "taskId", task);
            cluster.tasks().shutdown(task);
        }
        return !running.isEmpty();
    }

    /** Returns the tasks of Sluice that may be left. An overlord that has just become the leader does not list them. */
    private List<String> ofFailedRuns(Run run) {
        Instant since = clock.instant().minus(LONGEST_TASK);
        List<String> failed = index.since(run.datasource(), since).stream()
                .filter(other -> other.state().equals(FAILED) && other.cluster().equals(run.cluster()))
                .map(RunSummary::id)
                .toList();
        return Stream.concat(store.findAll(failed).stream(), Stream.of(run))
                .flatMap(other -> IntStream.rangeClosed(1, other.attempt())
                        .mapToObj(attempt -> TaskId.of(other.datasource(), other.id(), attempt)))
                .filter(task -> !task.equals(run.taskId()))
                .distinct()
                .toList();
    }

    private static boolean isForgotten(String taskId, Run owner) {
        return owner.hasEnded() || !taskId.equals(owner.taskId());
    }

    private static boolean isInTheWay(Run owner, Run run) {
        boolean replaces = owner.mode() == Mode.REPLACE || run.mode() == Mode.REPLACE;
        return replaces && owner.chunks().stream().anyMatch(run.chunks()::contains);
    }

    /** Returns the task to post. It may hold presigned addresses, which are secrets. */
    ObjectNode task(Run run, Plan plan, DruidCluster cluster) {
        ObjectNode task = SpecBinding.bind(plan.requireSpec(), run.taskId(), run.id(), run.specHash());
        return cluster.objectAccess() == ObjectAccess.S3 || !run.isBatch()
                ? task
                : SpecBinding.presigned(task, presigned.addresses(plan.objects(), run.timeLimit()));
    }
}
