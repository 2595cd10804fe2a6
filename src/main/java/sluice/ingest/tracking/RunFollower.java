package sluice.ingest.tracking;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.ingest.FairOrder;
import sluice.ingest.run.ParallelExecutor;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.DueItemReader;
import sluice.platform.state.Item;

/**
 * Checks all runs that are due, the clusters side by side and their datasources in turns. So neither a cluster that hangs nor
 * a datasource with thousands of runs stops the others.
 */
@ApplicationScoped
@Priority(80)
public class RunFollower implements DueItemHandler {

    private final DueItemReader reader;
    private final RunStore store;
    private final ParallelExecutor workers;
    private final ClusterRuns lanes;

    RunFollower(DueItemReader reader, RunStore store, ParallelExecutor workers, ClusterRuns lanes) {
        this.reader = reader;
        this.store = store;
        this.workers = workers;
        this.lanes = lanes;
    }

    /**
     * Checks the runs among the items of the due index.
     *
     * @param deadline no check starts after it; the remaining runs stay due
     */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        Map<String, List<Run>> byCluster = reader.read(due, store::runOf).stream()
                .collect(Collectors.groupingBy(Run::cluster, LinkedHashMap::new, Collectors.toList()));
        workers.together(
                byCluster.entrySet(),
                lane -> lanes.follow(lane.getKey(), FairOrder.inTurns(lane.getValue(), Run::datasource), deadline));
    }
}
