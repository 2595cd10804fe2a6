package sluice.ingest.intake;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.ingest.FairOrder;
import sluice.ingest.run.ParallelExecutor;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.Outage;
import sluice.platform.event.EventBus;
import sluice.platform.log.Log;
import sluice.platform.state.Batches;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.DueItemReader;
import sluice.platform.state.Item;

/**
 * Wakes time chunks that have been quiet long enough. A backfill makes tens of thousands of them due at once, so
 * clusters and datasources take turns. No more are woken than {@code generate} can plan, because what is woken
 * stands in the queue before every new file. The others stay due.
 */
@ApplicationScoped
@Priority(45)
class ChunkWaking implements DueItemHandler {

    private static final Log LOG = Log.of(ChunkWaking.class);
    private static final int PER_MINUTE = 600;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final DueItemReader reader;
    private final DruidClusters clusters;
    private final SettledEvents settled;
    private final ChunkStore chunks;
    private final ParallelExecutor workers;
    private final Clock clock;
    private Instant minute = Instant.MIN;
    private int woken;

    ChunkWaking(
            DueItemReader reader,
            DruidClusters clusters,
            SettledEvents settled,
            ChunkStore chunks,
            ParallelExecutor workers,
            Clock clock) {
        this.reader = reader;
        this.clusters = clusters;
        this.settled = settled;
        this.chunks = chunks;
        this.workers = workers;
        this.clock = clock;
    }

    /** A chunk that is due. */
    record Waiting(ChunkId id, ChunkState state) {

        static Optional<Waiting> of(Item item) {
            return ChunkStore.idOf(item).map(id -> new Waiting(id, ChunkStore.state(item)));
        }
    }

    /** Sends the settled events of the chunks among the items of the due index. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        List<Waiting> waiting = reader.read(due, Waiting::of);
        if (waiting.isEmpty()) {
            return;
        }
        Map<String, Outage> outages = new HashMap<>();
        waiting.stream().map(chunk -> chunk.id().cluster()).distinct().forEach(name -> clusters.find(name)
                .flatMap(DruidCluster::outage)
                .ifPresent(outage -> outages.put(name, outage)));
        postpone(waiting, outages, deadline);
        List<Waiting> open = waiting.stream()
                .filter(chunk -> !outages.containsKey(chunk.id().cluster()))
                .toList();
        wake(inTurns(open), deadline);
    }

    @Override
    public boolean keepsTicking(Item item) {
        return item.text("chunkCluster").isPresent();
    }

    private void wake(List<Waiting> open, Instant deadline) {
        int most = Math.min(open.size(), left());
        if (most < open.size()) {
            LOG.warn("Time chunks are woken later, because too many are due", "due", open.size(), "woken", most);
        }
        for (List<Waiting> page : Batches.of(open.subList(0, most), EventBus.EVENTS_PER_CALL)) {
            if (!clock.instant().isBefore(deadline)) {
                return;
            }
            settled.send(page, workers);
            woken += page.size();
        }
    }

    /** Returns how many more may be woken in this minute. */
    private int left() {
        Instant now = clock.instant();
        if (!now.isBefore(minute.plus(MINUTE))) {
            minute = now;
            woken = 0;
        }
        return PER_MINUTE - woken;
    }

    /** Nobody plans for a cluster that does not answer. */
    private void postpone(List<Waiting> waiting, Map<String, Outage> outages, Instant deadline) {
        Instant now = clock.instant();
        workers.each(waiting, chunk -> {
            Outage outage = outages.get(chunk.id().cluster());
            if (outage != null && clock.instant().isBefore(deadline)) {
                chunks.postpone(chunk.id(), chunk.state(), Duration.between(now, outage.until()));
            }
        });
    }

    private static List<Waiting> inTurns(List<Waiting> open) {
        return FairOrder.inTurns(FairOrder.inTurns(open, chunk -> chunk.id().feed()), chunk -> chunk.id()
                .cluster());
    }
}
