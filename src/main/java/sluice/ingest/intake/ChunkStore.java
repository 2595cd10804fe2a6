package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Time chunks in the state table. An arrival is one atomic update, however many come at once. */
@ApplicationScoped
class ChunkStore {

    private static final String ALWAYS = "attribute_not_exists(pk) OR attribute_exists(pk)";
    private static final String TOUCH =
            """
            SET chunkCluster = :cluster, chunkDatasource = :datasource, chunkStart = :start, chunkEnd = :end, \
            dueShard = :shard, dueAt = :due, waitingSince = if_not_exists(waitingSince, :now), \
            lastEventAt = if_not_exists(lastEventAt, :at) ADD generation :one""";

    private final StateTable table;
    private final Clock clock;

    ChunkStore(StateTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    Optional<ChunkState> find(ChunkId id) {
        return table.get(id.key()).map(ChunkStore::state);
    }

    /** Notes an arrival; the chunk is due once it has been quiet for that long. */
    ChunkState touch(ChunkId id, Arrival arrival, Duration settle) {
        Instant now = clock.instant();
        Item values = Item.values()
                .with(":cluster", id.cluster())
                .with(":datasource", id.datasource())
                .with(":start", id.chunk().start())
                .with(":end", id.chunk().end())
                .with(":shard", StateTable.shard(id.toString()))
                .with(":due", now.plus(settle))
                .with(":now", now)
                .with(":at", arrival.at())
                .with(":one", 1);
        Item touched = noted(id.key(), values, arrival.etag() + " " + arrival.key());
        table.updateIf(
                id.key(),
                "SET lastEventAt = :at",
                "lastEventAt < :at",
                Item.values().with(":at", arrival.at()));
        return state(touched);
    }

    /** The objects seen are a help to name objects that vanish; a chunk with more than fit into an item does without. */
    private Item noted(Key key, Item values, String seen) {
        try {
            return table.updateIf(
                            key,
                            TOUCH + ", seen :seen",
                            ALWAYS,
                            Item.of(new HashMap<>(values.attributes())).with(":seen", List.of(seen)))
                    .orElseThrow();
        } catch (DynamoDbException exception) {
            if (exception.statusCode() != 400
                    || !String.valueOf(exception.getMessage()).contains("size")) {
                throw exception;
            }
            return table.updateIf(key, TOUCH, ALWAYS, values).orElseThrow();
        }
    }

    /** The write that makes a plan of this generation final, for the transaction that stores its run. */
    TransactWriteItem planned(ChunkId id, ChunkState state, String runId) {
        return table.update(
                id.key(),
                "SET planned = :generation, lastRun = :run REMOVE dueShard, dueAt, waitingSince, seen",
                "generation = :generation",
                Item.values().with(":generation", state.generation()).with(":run", runId));
    }

    /** Ends a generation that needs no run; says whether nothing has arrived meanwhile. */
    boolean consumed(ChunkId id, ChunkState state) {
        return table.updateIf(
                        id.key(),
                        "SET planned = :generation REMOVE dueShard, dueAt, waitingSince, seen",
                        "generation = :generation",
                        Item.values().with(":generation", state.generation()))
                .isPresent();
    }

    void ledgerWritten(ChunkId id, String runId) {
        table.updateIf(
                id.key(),
                "SET ledgerRun = :run",
                "attribute_exists(pk)",
                Item.values().with(":run", runId));
    }

    /** Looks at the chunk again later, unless an arrival has set another time meanwhile. */
    void postpone(ChunkId id, ChunkState state, Duration pause) {
        table.updateIf(
                id.key(),
                "SET dueAt = :due",
                "generation = :generation AND attribute_exists(dueAt)",
                Item.values()
                        .with(":generation", state.generation())
                        .with(":due", clock.instant().plus(pause)));
    }

    /** The chunk of an item of the due index, or nothing when the item is not a chunk. */
    static Optional<ChunkId> idOf(Item item) {
        return item.text("chunkCluster")
                .map(cluster -> new ChunkId(
                        cluster,
                        item.text("chunkDatasource").orElseThrow(),
                        new TimeChunk(
                                item.time("chunkStart").orElseThrow(),
                                item.time("chunkEnd").orElseThrow())));
    }

    static ChunkState state(Item item) {
        return new ChunkState(
                item.number("generation", 0),
                item.number("planned", 0),
                item.texts("seen"),
                item.time("lastEventAt").orElse(Instant.EPOCH),
                item.time("waitingSince").orElse(null),
                item.text("lastRun").orElse(null),
                item.text("ledgerRun").orElse(null));
    }
}
