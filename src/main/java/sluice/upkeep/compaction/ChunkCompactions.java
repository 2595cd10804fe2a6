package sluice.upkeep.compaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.upkeep.compaction.ChunkCompaction.State;

/** Where the compactions after ingestion stand, in the state table. Those that wait are in its due index. */
@ApplicationScoped
public class ChunkCompactions {

    private static final String DATASOURCE = "compactionDatasource";
    private static final double SHARE_OF_AGE = 0.2;
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final StateTable table;
    private final Clock clock;
    private final Duration again;
    private final Duration keep;

    ChunkCompactions(StateTable table, Clock clock, CompactionSettings settings, StateSettings stateSettings) {
        this.table = table;
        this.clock = clock;
        this.again = settings.retryDelay();
        this.keep = stateSettings.keep();
    }

    /** Chunks of a datasource that have been looked at, the newest first. */
    public List<ChunkCompaction> newest(String datasource, int most) {
        String pk = Key.compaction(datasource, Instant.EPOCH).pk();
        Query query = Query.partition(pk).highestFirst().limit(most);
        return table.first(query, most).stream()
                .flatMap(item -> read(item).stream())
                .toList();
    }

    Optional<ChunkCompaction> find(String datasource, TimeChunk chunk) {
        return table.get(Key.compaction(datasource, chunk.start())).flatMap(ChunkCompactions::read);
    }

    /** Reads an item; empty where it is another one. */
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

    /** Writes it; what is under way gets its next look the later the longer it has been so. */
    void write(ChunkCompaction compaction) {
        Instant now = clock.instant();
        boolean live = compaction.state() == State.WAITING || compaction.state() == State.PLANNED;
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
        table.put(item.due(spreadBy, live ? now.plus(pause(compaction.since(), now)) : null));
    }

    private Duration pause(Instant since, Instant now) {
        Duration pause = Duration.ofMillis((long) (Duration.between(since, now).toMillis() * SHARE_OF_AGE));
        return pause.compareTo(again) < 0 ? again : pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
