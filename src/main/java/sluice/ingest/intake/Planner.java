package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.core.batch.Batch;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.definition.Definition;
import sluice.ingest.ActiveDefinitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;

/** Turns what has gathered for a time chunk into one planned run. Any number of planners may work on one chunk at once. */
@ApplicationScoped
class Planner {

    private static final Logger LOG = Logger.getLogger(Planner.class);
    private static final int TRIES = 5;
    private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(30);

    private final ChunkStore chunks;
    private final ActiveDefinitions definitions;
    private final DruidClusters clusters;
    private final ChunkBatches batches;
    private final ChunkRuns runs;

    Planner(
            ChunkStore chunks,
            ActiveDefinitions definitions,
            DruidClusters clusters,
            ChunkBatches batches,
            ChunkRuns runs) {
        this.chunks = chunks;
        this.definitions = definitions;
        this.clusters = clusters;
        this.batches = batches;
        this.runs = runs;
    }

    /** Plans what has gathered, if anything has. */
    void plan(ChunkId id) {
        for (int round = 1; round <= TRIES; round++) {
            Optional<ChunkState> state = chunks.find(id);
            if (state.isEmpty() || state.get().isPlanned() || isDone(id, state.get())) {
                return;
            }
        }
        throw new IllegalStateException("objects keep arriving for " + id + " while it is planned; it stays due");
    }

    /** One round; false when another planner or a new arrival came in between. */
    private boolean isDone(ChunkId id, ChunkState state) {
        DefinitionSnapshot snapshot = definitions.current();
        Optional<Definition> definition = snapshot.find(id.datasource());
        if (definition.isEmpty() || definition.get().batch() == null) {
            LOG.errorf("Objects of %s wait for a definition that is gone or cannot be read", id);
            chunks.postpone(id, state, OUTAGE_PAUSE.multipliedBy(10));
            return true;
        }
        Optional<DruidCluster> cluster = clusters.find(id.cluster());
        if (cluster.isEmpty()) {
            LOG.errorf("The environment has no cluster %s, only %s", id.cluster(), clusters.names());
            chunks.postpone(id, state, OUTAGE_PAUSE.multipliedBy(10));
            return true;
        }
        runs.completeLedger(id, state);
        Optional<Batch> batch = batches.find(id, state, definition.get());
        if (batch.isEmpty()) {
            LOG.infof("Nothing to load for %s", id);
            return chunks.consumed(id, state);
        }
        try {
            return runs.store(id, state, definition.get(), batch.get(), cluster.get());
        } catch (DruidException exception) {
            LOG.warnf("%s is planned later: %s", id, exception.getMessage());
            chunks.postpone(id, state, OUTAGE_PAUSE);
            return true;
        }
    }
}
