package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Batches;
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

    /** Returns the records of these chunks, in no order. Chunks without a record are missing. */
    public List<ChunkRecord> of(Feed feed, List<TimeChunk> chunks) {
        List<ChunkRecord> found = new ArrayList<>();
        List<Key> keys =
                chunks.stream().map(chunk -> Key.chunk(feed, chunk.start())).toList();
        Batches.of(keys, StateTable.MOST_KEYS)
                .forEach(batch -> table.getAll(batch).forEach(item -> found.add(recordOf(item))));
        return found;
    }

    /** Returns the start of the first chunk that has a record; empty if none has. */
    public Optional<Instant> first(Feed feed) {
        return start(partition(feed).limit(1));
    }

    /** Returns the start of the last chunk that has a record; empty if none has. */
    public Optional<Instant> last(Feed feed) {
        return start(partition(feed).highestFirst().limit(1));
    }

    private Optional<Instant> start(Query query) {
        return table.query(query).items().stream()
                .findFirst()
                .map(item -> Instant.parse(Key.of(item).sk()));
    }

    private static Query partition(Feed feed) {
        return Query.partition(Key.chunk(feed, Instant.EPOCH).pk());
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
