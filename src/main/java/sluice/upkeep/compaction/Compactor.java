package sluice.upkeep.compaction;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.follow.RunFollowUp;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.druid.DruidException;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;
import sluice.upkeep.clusters.ClusterComparison;
import sluice.upkeep.clusters.ClusterOrder;
import sluice.upkeep.clusters.ClusterOrder.Turn;
import sluice.upkeep.compaction.ChunkCompaction.State;

/**
 * Compaction after ingestion ({@code compaction.afterIngestion}): a time chunk whose rows have become available is
 * compacted where it pays, on one cluster of its datasource after the other.
 *
 * <p>What is to be done is told each time from what is there: the segments that serve the chunk, leases, locks, and the
 * run that compacts exactly these segments. So an event that comes twice, late or never changes nothing.
 */
@ApplicationScoped
@Priority(40)
public class Compactor implements RunFollowUp, DueItemHandler {

    private static final Logger LOG = Logger.getLogger(Compactor.class);

    private final DefinitionCatalog catalog;
    private final ClusterChunk clusterChunk;
    private final ChunkCompactions compactions;
    private final ClusterComparison comparison;
    private final Clock clock;

    Compactor(
            DefinitionCatalog catalog,
            ClusterChunk clusterChunk,
            ChunkCompactions compactions,
            ClusterComparison comparison,
            Clock clock) {
        this.catalog = catalog;
        this.clusterChunk = clusterChunk;
        this.compactions = compactions;
        this.comparison = comparison;
        this.clock = clock;
    }

    /** A run has ended: what it has loaded may be worth compacting, and what waited for it may go on. */
    @Override
    public void ended(Run run) {
        boolean loaded = run.isBatch() && run.state() instanceof RunState.Available;
        for (TimeChunk chunk : run.chunks()) {
            Optional<ChunkCompaction> known = compactions.find(run.datasource(), chunk);
            if (loaded) {
                ChunkCompaction begun =
                        ChunkCompaction.begun(run.datasource(), chunk, run.definitionHash(), clock.instant());
                advance(known.map(now -> now.loadedBy(run.definitionHash())).orElse(begun), known.isPresent());
            } else {
                known.ifPresent(now -> advance(now, true));
            }
        }
    }

    /** Looks again at the chunks among the items of the due index, until the deadline. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        due.stream()
                .flatMap(item -> ChunkCompactions.read(item).stream())
                .takeWhile(waiting -> clock.instant().isBefore(deadline))
                .forEach(waiting -> advance(waiting, true));
    }

    private void advance(ChunkCompaction now, boolean isStored) {
        Optional<Definition> definition = catalog.current()
                .find(now.datasource())
                .filter(found -> found.compaction().afterIngestion());
        if (definition.isPresent()) {
            Turn turn = ClusterOrder.next(
                    definition.get().clusters(),
                    cluster -> clusterChunk.standing(definition.get(), cluster, now.chunk()));
            write(now, taken(turn, definition.get(), now));
        } else if (isStored) {
            write(now, now.moved(State.DONE, null, "the definition does not ask for it", clock.instant()));
        }
    }

    private ChunkCompaction taken(Turn turn, Definition definition, ChunkCompaction now) {
        Instant time = clock.instant();
        if (turn instanceof Turn.Begin begin) {
            return begun(begin, definition, now);
        } else if (turn instanceof Turn.Wait wait) {
            return now.moved(State.WAITING, wait.cluster(), wait.reason(), time);
        } else if (turn instanceof Turn.Stop stop) {
            return now.moved(State.STOPPED, stop.cluster(), stop.reason(), time);
        }
        return now.moved(State.DONE, null, compared(definition, now, ((Turn.Finish) turn).reason()), time);
    }

    /** Clusters that are all done should hold the same; that they do not is no reason to do anything, but to be told. */
    private String compared(Definition definition, ChunkCompaction now, String reason) {
        Optional<String> difference = definition.clusters().size() < 2
                ? Optional.empty()
                : comparison.rowDifference(now.datasource(), definition.clusters(), now.chunk());
        difference.ifPresent(text -> LOG.warnf(
                "Clusters differ about %s %s: %s", now.datasource(), now.chunk().interval(), text));
        return difference.map(text -> reason + "; the clusters differ: " + text).orElse(reason);
    }

    private ChunkCompaction begun(Turn.Begin begin, Definition definition, ChunkCompaction now) {
        try {
            return clusterChunk
                    .plan(definition, begin.cluster(), now.chunk(), now.definitionHash())
                    .map(run -> now.planned(run.id(), begin.cluster(), begin.reason(), clock.instant()))
                    .orElseGet(() ->
                            now.moved(State.WAITING, begin.cluster(), "its segments are changing", clock.instant()));
        } catch (DruidException exception) {
            return now.moved(State.WAITING, begin.cluster(), exception.getMessage(), clock.instant());
        }
    }

    private void write(ChunkCompaction before, ChunkCompaction after) {
        if (before.state() != after.state() || !before.reason().equals(after.reason())) {
            LOG.infof(
                    "Compaction of %s %s is %s%s: %s",
                    after.datasource(),
                    after.chunk().interval(),
                    after.state(),
                    after.cluster() == null ? "" : " at " + after.cluster(),
                    after.reason());
        }
        compactions.write(after);
    }
}
