package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateTable;

/** Lists what the state table knows about the time chunks of a span. It reads a range of keys, so it costs what it returns. */
@ApplicationScoped
public class ChunkRecords {

    /** Time chunks begin at whole seconds. */
    private static final Duration SHORTEST_CHUNK = Duration.ofSeconds(1);

    private final StateTable table;

    ChunkRecords(StateTable table) {
        this.table = table;
    }

    /** Returns the records of the chunks that start within a span, in the order of their start. Chunks without a record are missing. */
    public List<ChunkRecord> within(Feed feed, TimeChunk span) {
        Query query = Query.partition(Key.chunk(feed, span.start()).pk())
                .between(
                        span.start().toString(),
                        span.end().minus(SHORTEST_CHUNK).toString());
        return table.all(query).stream().map(ChunkRecords::recordOf).toList();
    }

    private static ChunkRecord recordOf(Item item) {
        ChunkState state = ChunkStore.state(item);
        return new ChunkRecord(
                Instant.parse(Key.of(item).sk()),
                state.isPlanned() ? null : state.waitingSince(),
                state.recentRuns().stream().findFirst().orElse(null),
                files(item));
    }

    private static @Nullable Long files(Item item) {
        long files = item.number(ChunkStore.FILES, -1);
        return files < 0 ? null : files;
    }
}
