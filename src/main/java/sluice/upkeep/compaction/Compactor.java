package sluice.upkeep.compaction;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.follow.RunFollowUp;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.DueItemReader;
import sluice.platform.state.Item;
import sluice.upkeep.clusters.ClusterComparison;
import sluice.upkeep.clusters.ClusterOrder;
import sluice.upkeep.clusters.ClusterOrder.NextStep;
import sluice.upkeep.compaction.ChunkCompaction.State;

/**
 * Compaction after ingestion ({@code compaction.afterIngestion}): compacts a time chunk whose rows have become available, if
 * it pays, on one cluster of its datasource after the other.
 *
 * <p>The compactor decides each time by what is there: the segments that serve the chunk, leases, locks, and the run that
 * compacts exactly these segments. So repeated, late and lost events do no harm.
 */
@ApplicationScoped
@Priority(40)
public class Compactor implements RunFollowUp, DueItemHandler {

    private static final Log LOG = Log.of(Compactor.class);

    private final DueItemReader reader;
    private final DefinitionCatalog catalog;
    private final ClusterChunk clusterChunk;
    private final ChunkCompactions compactions;
    private final ClusterComparison comparison;
    private final Clock clock;

    Compactor(
            DueItemReader reader,
            DefinitionCatalog catalog,
            ClusterChunk clusterChunk,
            ChunkCompactions compactions,
            ClusterComparison comparison,
            Clock clock) {
        this.reader = reader;
        this.catalog = catalog;
        this.clusterChunk = clusterChunk;
        this.compactions = compactions;
        this.comparison = comparison;
        this.clock = clock;
    }

    /** Checks the chunks of a run that has ended: its rows may be worth compacting, and chunks that waited for it go on. */
    @Override
    public void ended(Run run) {
        boolean loaded = run.isBatch() && run.state() instanceof RunState.Available;
        for (TimeChunk chunk : run.chunks()) {
            Optional<ChunkCompaction> known = compactions.find(run.datasource(), chunk);
            if (loaded) {
                ChunkCompaction begun =
                        ChunkCompaction.begun(run.datasource(), chunk, run.definitionHash(), clock.instant());
                advance(
                        known.map(now -> now.loadedBy(
                                        run.definitionHash(), run.state().since()))
                                .orElse(begun),
                        known.isPresent());
            } else {
                known.ifPresent(now -> advance(now, true));
            }
        }
    }

    /** Checks the chunks among the due items, until the deadline. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        for (ChunkCompaction waiting : reader.read(due, ChunkCompactions::read)) {
            if (clock.instant().isBefore(deadline)) {
                isolated(waiting);
            }
        }
    }

    /** A chunk whose step fails waits longer and longer, and the others go on. */
    private void isolated(ChunkCompaction waiting) {
        try {
            advance(waiting, true);
        } catch (RuntimeException exception) {
            LOG.error(
                    exception,
                    "Compaction of a chunk failed and is tried again",
                    "datasource",
                    waiting.datasource(),
                    "chunk",
                    waiting.chunk().interval());
            compactions.write(waiting);
        }
    }

    private void advance(ChunkCompaction now, boolean isStored) {
        Optional<Definition> definition = catalog.current()
                .find(now.datasource())
                .filter(found -> found.compaction().afterIngestion());
        if (definition.isPresent()) {
            NextStep step = ClusterOrder.next(
                    definition.get().clusters(),
                    cluster -> clusterChunk.status(definition.get(), cluster, now.chunk()));
            write(now, after(step, definition.get(), now));
        } else if (isStored) {
            write(now, now.moved(State.DONE, null, "the definition does not ask for it", clock.instant()));
        }
    }

    private ChunkCompaction after(NextStep step, Definition definition, ChunkCompaction now) {
        Instant time = clock.instant();
        if (step instanceof NextStep.Begin begin) {
            return begun(begin, definition, now);
        } else if (step instanceof NextStep.Wait wait) {
            return now.moved(State.WAITING, wait.cluster(), wait.reason(), time);
        } else if (step instanceof NextStep.Stop stop) {
            return now.moved(State.STOPPED, stop.cluster(), stop.reason(), time);
        }
        return now.moved(State.DONE, null, compared(definition, now, ((NextStep.Finish) step).reason()), time);
    }

    /** When all clusters are done, they should hold the same rows. If they do not, the compactor reports it and does no more. */
    private String compared(Definition definition, ChunkCompaction now, String reason) {
        Optional<String> difference = definition.clusters().size() < 2
                ? Optional.empty()
                : comparison.rowDifference(now.datasource(), definition.clusters(), now.chunk());
        difference.ifPresent(text -> LOG.warn(
                "Clusters differ",
                "datasource",
                now.datasource(),
                "chunk",
                now.chunk().interval(),
                "reason",
                text));
        return difference.map(text -> reason + "; the clusters differ: " + text).orElse(reason);
    }

    private ChunkCompaction begun(NextStep.Begin begin, Definition definition, ChunkCompaction now) {
        try {
            return clusterChunk
                    .plan(definition, begin.cluster(), now.chunk(), now.definitionHash())
                    .map(run -> now.planned(run.id(), begin.cluster(), begin.reason(), clock.instant()))
                    .orElseGet(() ->
                            now.moved(State.WAITING, begin.cluster(), "its segments are changing", clock.instant()));
        } catch (DruidException exception) {
            return now.moved(State.WAITING, begin.cluster(), String.valueOf(exception.getMessage()), clock.instant());
        }
    }

    private void write(ChunkCompaction before, ChunkCompaction after) {
        if (before.state() != after.state() || !before.reason().equals(after.reason())) {
            LOG.info(
                    "Compaction state has changed",
                    "datasource",
                    after.datasource(),
                    "chunk",
                    after.chunk().interval(),
                    "state",
                    after.state(),
                    "cluster",
                    after.cluster(),
                    "reason",
                    after.reason());
        }
        compactions.write(after);
    }
}
