package sluice.ingest.tracking;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidClusters;
import sluice.platform.log.Log;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;

/**
 * Checks all runs that are due. It asks Druid in bulk: one status call per thousand tasks, and one query for those that have
 * ended. A run whose check fails stays due and does not stop the others.
 */
@ApplicationScoped
@Priority(60)
public class RunFollower implements DueItemHandler {

    private static final Log LOG = Log.of(RunFollower.class);

    private final RunStore store;
    private final Transitions transitions;
    private final DruidClusters clusters;
    private final PlannedEventRepublisher republisher;
    private final RunChecks checks;
    private final ClusterFollower follower;

    RunFollower(
            RunStore store,
            Transitions transitions,
            DruidClusters clusters,
            PlannedEventRepublisher republisher,
            RunChecks checks,
            ClusterFollower follower) {
        this.store = store;
        this.transitions = transitions;
        this.clusters = clusters;
        this.republisher = republisher;
        this.checks = checks;
        this.follower = follower;
    }

    /**
     * Checks the runs among the items of the due index.
     *
     * @param deadline no check starts after it; the remaining runs stay due
     */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        Map<String, Queue<Run>> byCluster = new ConcurrentHashMap<>();
        List<Run> runs =
                due.stream().flatMap(item -> store.runOf(item).stream()).toList();
        checks.each(runs, deadline, run -> {
            Run flushed = transitions.flush(run);
            if (flushed.state() instanceof RunState.Unsubmitted && flushed == run) {
                republisher.send(run);
            } else if (flushed.state() instanceof RunState.InDruid || flushed.state() instanceof RunState.Succeeded) {
                byCluster
                        .computeIfAbsent(run.cluster(), name -> new ConcurrentLinkedQueue<>())
                        .add(flushed);
            }
        });
        byCluster.forEach((name, ofCluster) -> clusters.find(name)
                .ifPresentOrElse(
                        cluster -> follower.follow(cluster, List.copyOf(ofCluster), deadline),
                        () -> LOG.error(
                                "Runs wait for a cluster that the environment does not have",
                                "cluster",
                                name,
                                "runs",
                                ofCluster.size())));
    }
}
