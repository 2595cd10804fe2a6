package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import sluice.core.definition.Expectation;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.TaskReport;
import sluice.platform.druid.TaskStatus;
import sluice.platform.log.Log;

/** Follows a run from its submission until its task has ended. */
@ApplicationScoped
class TaskFollower {

    private static final Log LOG = Log.of(TaskFollower.class);
    /** How often in a row Druid may not know a task, or contradict itself about it, before it is believed. */
    private static final int PATIENCE = 5;

    private static final String NO_REPORT = "Druid has no report of the ended task yet";

    /** How long a task has to end before the request to shut it down is repeated. */
    private static final Duration SHUTDOWN_AGAIN = Duration.ofMinutes(1);

    private final RunStore store;
    private final Transitions transitions;
    private final RunCompletion completion;
    private final AvailabilityCheck availability;
    private final Clock clock;

    TaskFollower(
            RunStore store,
            Transitions transitions,
            RunCompletion completion,
            AvailabilityCheck availability,
            Clock clock) {
        this.store = store;
        this.transitions = transitions;
        this.completion = completion;
        this.availability = availability;
        this.clock = clock;
    }

    /**
     * Takes the next step of a run by the state of its task.
     *
     * @param status the overlord's answer; empty if it does not know the task
     * @param table the answer of {@code sys.tasks}; empty if the task is not in it
     */
    void follow(
            Run run,
            RunState.InDruid state,
            DruidCluster cluster,
            Optional<TaskStatus> status,
            Optional<TaskStatus.Code> table) {
        if (status.isEmpty()) {
            unknown(run, state);
            return;
        }
        switch (status.get().code()) {
            case RUNNING -> running(run, state, cluster);
            case FAILED -> failed(run, state, cluster, status.get());
            case SUCCESS -> {
                String difference = "sys.tasks says " + table.map(Enum::name).orElse("nothing")
                        + " where the overlord says SUCCESS";
                if (table.filter(TaskStatus.Code.SUCCESS::equals).isPresent()
                        || run.setbacksBy(difference) >= PATIENCE) {
                    succeeded(run, state, cluster, status.get());
                } else {
                    // After a leader change, one of the two may be behind. SUCCESS counts if both say so.
                    transitions.setBack(run, difference);
                }
            }
        }
    }

    private void unknown(Run run, RunState.InDruid state) {
        String error = "Druid does not know task " + state.taskId() + " any more";
        if (run.setbacksBy(error) < PATIENCE) {
            transitions.setBack(run, error);
        } else if (state.cancelReason() != null) {
            completion.cancelled(run, state.cancelled(clock.instant(), state.cancelReason()));
        } else if (state.shutdownAt() != null) {
            completion.timedOut(run, state.timedOut(clock.instant(), timeLimit(run)));
        } else {
            completion.fail(run, state, new Problem(Problem.Code.TASK_LOST, error), List.of());
        }
    }

    private void running(Run run, RunState.InDruid state, DruidCluster cluster) {
        Instant now = clock.instant();
        boolean overdue = now.isAfter(state.submittedAt().plus(run.timeLimit()));
        boolean asked =
                state.shutdownAt() != null && now.isBefore(state.shutdownAt().plus(SHUTDOWN_AGAIN));
        boolean cancelled = state.cancelReason() != null;
        if ((overdue || cancelled) && !asked) {
            LOG.warn(
                    "Task is shut down",
                    "runId",
                    run.id(),
                    "taskId",
                    state.taskId(),
                    "reason",
                    cancelled ? "the run is cancelled" : "the task is over its time limit of " + run.timeLimit());
            cluster.tasks().shutdown(state.taskId());
            transitions.postpone(run.changed(state.shuttingDown(now)));
        } else if (state instanceof RunState.Submitted) {
            transitions.move(run, state.running(now));
        } else {
            transitions.postpone(run);
        }
    }

    private void failed(Run run, RunState.InDruid state, DruidCluster cluster, TaskStatus status) {
        if (state.cancelReason() != null) {
            completion.cancelled(run, state.cancelled(clock.instant(), state.cancelReason()));
            return;
        }
        if (state.shutdownAt() != null) {
            completion.timedOut(run, state.timedOut(clock.instant(), timeLimit(run)));
            return;
        }
        Optional<TaskReport> report = cluster.tasks().report(state.taskId());
        List<String> errors = report.map(TaskReport::errors).orElse(List.of());
        String message = report.map(TaskReport::failure)
                .or(() -> Optional.ofNullable(status.error()))
                .orElse("task failed, and Druid does not say why");
        if (!errors.isEmpty()) {
            message = errors.get(0) + " (" + message.lines().findFirst().orElse("") + ")";
        }
        completion.fail(run, state, new Problem(Problem.Code.TASK_FAILED, message), errors);
    }

    private void succeeded(Run run, RunState.InDruid state, DruidCluster cluster, TaskStatus status) {
        Optional<TaskReport> report = cluster.tasks().report(state.taskId());
        if (report.isEmpty() && run.setbacksBy(NO_REPORT) < PATIENCE) {
            transitions.setBack(run, NO_REPORT);
            return;
        }
        SegmentSnapshot mark = store.segmentMark(run)
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " was submitted without a mark"));
        Plan plan = store.plan(run);
        if (availability.of(run).createsSegments()) {
            mark = mark.after(
                    cluster.segmentUsage().used(run.datasource(), run.intervals()),
                    // The verification of a compaction tells its segments from those appended meanwhile.
                    run.isBatch() && plan.isConcurrent()
                            ? cluster.taskTable().otherWriters(run.datasource(), state.taskId(), run.attemptPlannedAt())
                            : List.of());
            store.mark(run, mark);
        }
        Counts counts = Counts.of(
                report.orElse(null), mark.created().size(), status.duration().toMillis());
        List<String> restarted = mark.workers().isEmpty() ? List.of() : mark.restarted(cluster.workers());
        if (!restarted.isEmpty()) {
            restarted(run, state, cluster, mark, restarted);
            return;
        }
        List<String> violations = report.isEmpty() ? List.of() : violations(plan.expect(), counts);
        Instant now = clock.instant();
        if (violations.isEmpty()) {
            transitions.move(run, state.succeeded(now, counts));
            return;
        }
        Problem problem = new Problem(
                Problem.Code.EXPECTATION,
                String.join("; ", violations)
                        + report.map(TaskReport::errors)
                                .filter(errors -> !errors.isEmpty())
                                .map(errors -> "; first error: " + errors.get(0))
                                .orElse(""));
        List<String> errors = report.map(TaskReport::errors).orElse(List.of());
        switch (plan.onViolation()) {
            case WARN -> {
                LOG.warn("Counts of a run are not as expected", "runId", run.id(), "reason", problem.message());
                transitions.move(run, state.succeeded(now, counts));
            }
            case FAIL -> completion.fail(run, state, problem, errors);
            case ROLLBACK -> {
                if (mark.isOwn()) {
                    completion.rollBack(run, state.rolledBack(now, problem), cluster, mark, errors);
                } else {
                    completion.fail(
                            run, state, new Problem(problem.code(), problem.message() + "; " + mark.doubt()), errors);
                }
            }
        }
    }

    /**
     * Takes the run back and loads it once more. After a crash, Druid 33 runs the sub-tasks of a multi-phase task again and merges
     * the results of both: rows are there twice, report and segments agree, and the task says SUCCESS. No count shows it.
     */
    private void restarted(
            Run run, RunState.InDruid state, DruidCluster cluster, SegmentSnapshot mark, List<String> servers) {
        String message = "Druid's servers " + servers + " were restarted while the task ran, after which it may have"
                + " loaded rows twice; what it published is taken back";
        LOG.warn("Servers were restarted while a task ran", "runId", run.id(), "servers", servers);
        completion.takeBack(run, cluster, mark);
        completion.fail(run, state, new Problem(Problem.Code.SERVERS_RESTARTED, message), List.of());
    }

    private static List<String> violations(Expectation expect, Counts counts) {
        List<String> violations = new ArrayList<>();
        check(violations, "rows", Objects.requireNonNull(counts.read(), "rows of the report"), expect.rows());
        check(violations, "unparseable", counts.unparseable(), expect.unparseable());
        check(violations, "thrownAway", counts.thrownAway(), expect.thrownAway());
        return violations;
    }

    private static void check(List<String> violations, String name, long count, Expectation.Bounds bounds) {
        if (!bounds.hold(count)) {
            violations.add(name + ": " + count + " where the definition expects "
                    + (bounds.min() == null ? "" : "at least " + bounds.min())
                    + (bounds.min() == null || bounds.max() == null ? "" : " and ")
                    + (bounds.max() == null ? "" : "at most " + bounds.max()));
        }
    }

    private static Problem timeLimit(Run run) {
        return new Problem(
                Problem.Code.TIME_LIMIT,
                "The task ran longer than " + run.timeLimit() + " and was shut down; raise batch.timeout, or see in"
                        + " Druid's console what it waited for");
    }
}
