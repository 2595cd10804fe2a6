package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.ingest.ActiveDefinitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;

/**
 * Plans what has gathered for a time chunk. Any number of planners may work on one chunk at once: one of them wins, the
 * others read the chunk again and find nothing left to do.
 */
@ApplicationScoped
class Planner {

    private static final Log LOG = Log.of(Planner.class);
    private static final int TRIES = 5;
    /** An invocation has time for another round after so long, but not for all of them. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(30);

    private final ChunkStore chunks;
    private final ChunkBatches batches;
    private final ChunkRuns runs;
    private final ChunkLedger ledger;
    private final ActiveDefinitions definitions;
    private final DruidClusters clusters;
    private final ChunkGrace waiting;

    Planner(
            ChunkStore chunks,
            ChunkBatches batches,
            ChunkRuns runs,
            ChunkLedger ledger,
            ActiveDefinitions definitions,
            DruidClusters clusters,
            ChunkGrace waiting) {
        this.chunks = chunks;
        this.batches = batches;
        this.runs = runs;
        this.ledger = ledger;
        this.definitions = definitions;
        this.clusters = clusters;
        this.waiting = waiting;
    }

    /**
     * Plans what has gathered, if anything has. If objects keep arriving meanwhile, it plans those that it has listed at last, and
     * the chunk stays due for the others.
     *
     * @throws IllegalStateException if other planners and requests keep changing the chunk; it stays due
     */
    void plan(ChunkId id) {
        plan(id, chunks.now().plus(PATIENCE));
    }

    /**
     * Plans what has gathered for a chunk that is never quiet, as {@link #plan} does at last.
     *
     * @throws IllegalStateException if other planners and requests keep changing the chunk; it stays due
     */
    void planSoFar(ChunkId id) {
        plan(id, Instant.MIN);
    }

    /** @param patience until when an arrival in between is a reason to list the objects again */
    private void plan(ChunkId id, Instant patience) {
        for (int round = 1; round <= TRIES; round++) {
            Optional<ChunkState> state = chunks.find(id);
            boolean insists = round == TRIES || chunks.now().isAfter(patience);
            if (state.isEmpty() || state.get().isPlanned() || isDone(id, state.get(), insists)) {
                return;
            }
        }
        throw new IllegalStateException("others keep planning for " + id + "; it stays due");
    }

    /** Plans once. Returns false if another planner or a new arrival came in between. */
    private boolean isDone(ChunkId id, ChunkState state, boolean insists) {
        Optional<Definition> definition =
                definitions.current().find(id.datasource()).filter(found -> found.batch() != null);
        if (definition.isEmpty()) {
            return waiting.goesOn(id, state, definitions.current().invalid().isEmpty(), "definition");
        }
        Optional<DruidCluster> cluster = clusters.find(id.cluster());
        if (cluster.isEmpty()) {
            return waiting.goesOn(id, state, true, "cluster");
        }
        ledger.complete(id, state);
        Optional<ChunkBatches.Gathered> gathered = batches.of(id, state, definition.get());
        if (gathered.isEmpty()) {
            LOG.info("Time chunk has nothing to load", "chunk", id);
            return chunks.consumed(id, state) || insists;
        }
        try {
            return runs.plan(id, state, insists, definition.get(), gathered.get(), cluster.get());
        } catch (DruidException exception) {
            LOG.warn("Time chunk is planned later", "chunk", id, "reason", exception.getMessage());
            chunks.postpone(id, state, OUTAGE_PAUSE);
            return true;
        }
    }
}
