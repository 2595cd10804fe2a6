package sluice.upkeep.compaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Batches;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.StateTable.DueLane;
import sluice.upkeep.compaction.ChunkCompaction.State;

/** Stores the state of compactions after ingestion. Those that wait or run are in the due index. */
@ApplicationScoped
public class ChunkCompactions {

    private static final String DATASOURCE = "compactionDatasource";
    private static final double DELAY_PER_AGE = 0.2;
    private static final Duration MAX_DELAY = Duration.ofMinutes(30);

    private final StateTable table;
    private final Clock clock;
    private final Duration minDelay;
    private final Duration keep;

    ChunkCompactions(StateTable table, Clock clock, CompactionSettings settings, StateSettings stateSettings) {
        this.table = table;
        this.clock = clock;
        this.minDelay = settings.retryDelay();
        this.keep = stateSettings.keep();
    }

    /** Returns the newest chunks of a datasource with their state, the newest first. */
    public List<ChunkCompaction> newest(String datasource, int max) {
        String pk = Key.compaction(datasource, Instant.EPOCH).pk();
        Query query = Query.partition(pk).highestFirst().limit(max);
        return table.first(query, max).stream()
                .flatMap(item -> read(item).stream())
                .toList();
    }

    Optional<ChunkCompaction> find(String datasource, TimeChunk chunk) {
        return table.get(Key.compaction(datasource, chunk.start())).flatMap(ChunkCompactions::read);
    }

    /** Returns what is known about the chunks, in their order. */
    List<ChunkCompaction> findAll(String datasource, List<TimeChunk> chunks) {
        List<ChunkCompaction> found = new ArrayList<>();
        List<Key> keys = chunks.stream()
                .map(chunk -> Key.compaction(datasource, chunk.start()))
                .toList();
        Batches.of(keys, StateTable.MOST_KEYS)
                .forEach(batch -> table.getAll(batch).forEach(item -> read(item).ifPresent(found::add)));
        found.sort(Comparator.comparing(compaction -> compaction.chunk().start()));
        return found;
    }

    /** Reads an item; empty if it is an item of another kind. */
    static Optional<ChunkCompaction> read(Item item) {
        return item.text(DATASOURCE)
                .map(datasource -> new ChunkCompaction(
                        datasource,
                        new TimeChunk(
                                item.time("chunkStart").orElseThrow(),
                                item.time("chunkEnd").orElseThrow()),
                        item.text("definitionHash").orElse(""),
                        State.valueOf(item.text("compactionState").orElseThrow()),
                        item.text("compactionCluster").orElse(null),
                        item.text("reason").orElse(""),
                        item.text("compactionRun").orElse(null),
                        item.time("since").orElseThrow()));
    }

    /** Writes the state. The longer a chunk has been waiting, the later its next check is due. */
    void write(ChunkCompaction compaction) {
        Instant now = clock.instant();
        Item item = Item.at(Key.compaction(
                        compaction.datasource(), compaction.chunk().start()))
                .with(DATASOURCE, compaction.datasource())
                .with("chunkStart", compaction.chunk().start())
                .with("chunkEnd", compaction.chunk().end())
                .with("definitionHash", compaction.definitionHash())
                .with("compactionState", compaction.state().name())
                .with("compactionCluster", compaction.cluster())
                .with("reason", compaction.reason())
                .with("compactionRun", compaction.runId())
                .with("since", compaction.since())
                .expiring(now.plus(keep));
        String spreadBy = compaction.datasource() + compaction.chunk().start();
        table.put(item.due(
                DueLane.BACKLOG, spreadBy, compaction.isLive() ? now.plus(delay(compaction.since(), now)) : null));
    }

    private Duration delay(Instant since, Instant now) {
        Duration delay = Duration.ofMillis((long) (Duration.between(since, now).toMillis() * DELAY_PER_AGE));
        return delay.compareTo(minDelay) < 0 ? minDelay : delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
    }
}
