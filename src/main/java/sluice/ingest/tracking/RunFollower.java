package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import sluice.ingest.run.ParallelExecutor;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.TaskStatus;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.state.Item;
import sluice.platform.state.StateException;

/**
 * One look at all runs that are due. Druid is asked in bulk: one status call for a thousand tasks, and one query for
 * those that have ended. A run that fails here stays due and does not keep the others from their turn.
 */
@ApplicationScoped
public class RunFollower {

    private static final Logger LOG = Logger.getLogger(RunFollower.class);

    private final RunStore store;
    private final Transitions transitions;
    private final TaskFollower tasks;
    private final AvailabilityCheck availability;
    private final DruidClusters clusters;
    private final PlannedEventRepublisher plannedAgain;
    private final ParallelExecutor workers;
    private final Clock clock;

    RunFollower(
            RunStore store,
            Transitions transitions,
            TaskFollower tasks,
            AvailabilityCheck availability,
            DruidClusters clusters,
            PlannedEventRepublisher plannedAgain,
            ParallelExecutor workers,
            Clock clock) {
        this.store = store;
        this.transitions = transitions;
        this.tasks = tasks;
        this.availability = availability;
        this.clusters = clusters;
        this.plannedAgain = plannedAgain;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Looks at the runs among the items of the due index.
     *
     * @param deadline no look is begun after it; what is left stays due
     */
    public void follow(List<Item> due, Instant deadline) {
        Map<String, Queue<Run>> byCluster = new ConcurrentHashMap<>();
        List<Run> runs =
                due.stream().flatMap(item -> store.runOf(item).stream()).toList();
        workers.each(
                runs,
                run -> isolated(run, deadline, () -> {
                    Run flushed = transitions.flush(run);
                    if (flushed.state() instanceof RunState.Unsubmitted && flushed == run) {
                        plannedAgain.send(run);
                    } else if (flushed.state() instanceof RunState.InDruid
                            || flushed.state() instanceof RunState.Succeeded) {
                        byCluster
                                .computeIfAbsent(run.cluster(), name -> new ConcurrentLinkedQueue<>())
                                .add(flushed);
                    }
                }));
        byCluster.forEach((name, ofCluster) -> clusters.find(name)
                .ifPresentOrElse(
                        cluster -> follow(cluster, List.copyOf(ofCluster), deadline),
                        () -> LOG.errorf(
                                "%d runs wait for cluster %s, which the environment does not know",
                                ofCluster.size(), name)));
    }

    private void follow(DruidCluster cluster, List<Run> runs, Instant deadline) {
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
            LOG.warnf(
                    "Cluster %s gave no task statuses, its %d runs stay due: %s",
                    cluster.name(), runs.size(), exception.getMessage());
            workers.each(runs, run -> isolated(run, deadline, () -> transitions.setBack(run, exception.getMessage())));
            return;
        }
        workers.each(
                runs,
                run -> isolated(run, deadline, () -> {
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
                }));
    }

    private void isolated(Run run, Instant deadline, Runnable look) {
        if (clock.instant().isAfter(deadline)) {
            return;
        }
        MDC.put("runId", run.id());
        try {
            look.run();
        } catch (StaleRunException exception) {
            LOG.infof("Left to the function that changed the run: %s", exception.getMessage());
        } catch (DruidException exception) {
            LOG.warnf("Druid gave no answer, the run stays due: %s", exception.getMessage());
            setBack(run, exception);
        } catch (StateException | ObjectStoreException | IllegalStateException exception) {
            LOG.errorf(exception, "The run could not be followed and stays due");
        } finally {
            MDC.remove("runId");
        }
    }

    private void setBack(Run run, DruidException reason) {
        try {
            transitions.setBack(run, reason.getMessage());
        } catch (StaleRunException exception) {
            LOG.debugf("Set back by another function already: %s", exception.getMessage());
        }
    }
}
