package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.TaskStatus;
import sluice.platform.log.Log;

/** Follows the runs of one cluster: a few bulk requests for all of them, then a check of each. */
@ApplicationScoped
class ClusterFollower {

    private static final Log LOG = Log.of(ClusterFollower.class);

    private final TaskFollower tasks;
    private final AvailabilityCheck availability;
    private final Transitions transitions;
    private final RunChecks checks;

    ClusterFollower(TaskFollower tasks, AvailabilityCheck availability, Transitions transitions, RunChecks checks) {
        this.tasks = tasks;
        this.availability = availability;
        this.transitions = transitions;
        this.checks = checks;
    }

    /** @param runs Submitted, Running or Succeeded runs */
    void follow(DruidCluster cluster, List<Run> runs, Instant deadline) {
        List<String> taskIds = runs.stream()
                .filter(run -> run.state() instanceof RunState.InDruid)
                .map(run -> ((RunState.InDruid) run.state()).taskId())
                .toList();
        Map<String, TaskStatus> statuses = new HashMap<>();
        Map<String, TaskStatus.Code> table = new HashMap<>();
        try {
            statuses.putAll(taskIds.isEmpty() ? Map.of() : cluster.tasks().statuses(taskIds));
            List<String> ended = statuses.values().stream()
                    .filter(status -> !status.isRunning())
                    .map(TaskStatus::id)
                    .toList();
            table.putAll(ended.isEmpty() ? Map.of() : cluster.taskTable().codes(ended));
        } catch (DruidException exception) {
            LOG.warn(
                    "Cluster gave no task statuses, its runs stay due",
                    "cluster",
                    cluster.name(),
                    "runs",
                    runs.size(),
                    "reason",
                    exception.getMessage());
            checks.each(runs, deadline, run -> transitions.setBack(run, exception.getMessage()));
            return;
        }
        checks.each(runs, deadline, run -> {
            if (run.state() instanceof RunState.InDruid state) {
                tasks.follow(
                        run,
                        state,
                        cluster,
                        Optional.ofNullable(statuses.get(state.taskId())),
                        Optional.ofNullable(table.get(state.taskId())));
            } else if (run.state() instanceof RunState.Succeeded state) {
                availability.check(run, state, cluster);
            }
        });
    }
}
