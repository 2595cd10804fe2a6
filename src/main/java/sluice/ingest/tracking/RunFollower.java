package sluice.ingest.tracking;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import sluice.ingest.FairOrder;
import sluice.ingest.run.ParallelExecutor;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.log.Log;
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

    private static final Log LOG = Log.of(RunFollower.class);
    /** A round waits so long for a cluster. A slower one goes on beside the next rounds. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final DueItemReader reader;
    private final RunStore store;
    private final ParallelExecutor workers;
    private final ClusterRuns lanes;
    private final Clock clock;
    private final Duration patience;
    private final Map<String, CompletableFuture<Void>> busy = new ConcurrentHashMap<>();

    @Inject
    RunFollower(DueItemReader reader, RunStore store, ParallelExecutor workers, ClusterRuns lanes, Clock clock) {
        this(reader, store, workers, lanes, clock, PATIENCE);
    }

    /** @param patience how long a round waits for a cluster, in real time */
    RunFollower(
            DueItemReader reader,
            RunStore store,
            ParallelExecutor workers,
            ClusterRuns lanes,
            Clock clock,
            Duration patience) {
        this.reader = reader;
        this.store = store;
        this.workers = workers;
        this.lanes = lanes;
        this.clock = clock;
        this.patience = patience;
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
        byCluster.keySet().removeIf(this::isBusy);
        byCluster.forEach((cluster, runs) -> busy.put(
                cluster,
                workers.start(() -> lanes.follow(cluster, FairOrder.inTurns(runs, Run::datasource), deadline))));
        await(patience);
    }

    /** Waits for clusters that have not answered yet. Their calls end at the deadline. */
    @Override
    public void finish(Instant deadline) {
        await(Duration.between(clock.instant(), deadline).plus(patience));
    }

    @Override
    public boolean keepsTicking(Item item) {
        return RunStore.isRun(item);
    }

    private boolean isBusy(String cluster) {
        CompletableFuture<Void> lane = busy.get(cluster);
        return lane != null && !lane.isDone();
    }

    private void await(Duration most) {
        try {
            CompletableFuture.allOf(busy.values().toArray(CompletableFuture[]::new))
                    .get(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException exception) {
            LOG.info(
                    "Clusters are still being asked",
                    "clusters",
                    busy.keySet().stream().filter(this::isBusy).toList());
        } catch (ExecutionException exception) {
            LOG.error(exception, "Runs of a cluster could not be followed and stay due");
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }
}
