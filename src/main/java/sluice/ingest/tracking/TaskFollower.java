package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
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

    private final Transitions transitions;
    private final SuccessfulTasks successful;
    private final UnsuccessfulTasks unsuccessful;
    private final Clock clock;

    TaskFollower(Transitions transitions, SuccessfulTasks successful, UnsuccessfulTasks unsuccessful, Clock clock) {
        this.transitions = transitions;
        this.successful = successful;
        this.unsuccessful = unsuccessful;
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
            unknown(run, state, cluster);
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

    private void unknown(Run run, RunState.InDruid state, DruidCluster cluster) {
        String error = "Druid does not know task " + state.taskId() + " any more";
        if (run.setbacksBy(error) < PATIENCE) {
            transitions.setBack(run, error);
        } else if (!isShutDown(run, state, cluster)) {
            unsuccessful.failed(run, state, new Problem(Problem.Code.TASK_LOST, error), List.of(), cluster);
        }
    }

    /** Ends a run that was cancelled or took too long, now that its task has ended. Returns false of other runs. */
    private boolean isShutDown(Run run, RunState.InDruid state, DruidCluster cluster) {
        String reason = state.cancelReason();
        if (reason != null) {
            unsuccessful.cancelled(run, state, reason, cluster);
        } else if (state.shutdownAt() != null) {
            unsuccessful.timedOut(run, state, cluster);
        }
        return reason != null || state.shutdownAt() != null;
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

    private void succeeded(Run run, RunState.InDruid state, DruidCluster cluster, TaskStatus status) {
        Optional<TaskReport> report = cluster.tasks().report(state.taskId());
        if (report.isEmpty() && run.setbacksBy(NO_REPORT) < PATIENCE) {
            transitions.setBack(run, NO_REPORT);
        } else {
            successful.succeeded(run, state, cluster, status.duration(), report);
        }
    }

    private void failed(Run run, RunState.InDruid state, DruidCluster cluster, TaskStatus status) {
        if (isShutDown(run, state, cluster)) {
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
        unsuccessful.failed(run, state, new Problem(Problem.Code.TASK_FAILED, message), errors, cluster);
    }
}
