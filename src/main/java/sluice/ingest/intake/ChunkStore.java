package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateException;
import sluice.platform.state.StateTable;
import sluice.platform.state.StateTable.DueLane;
import sluice.platform.state.Write;

/** Gathering time chunks in the state table. Each arrival is one atomic update, so concurrent arrivals all count. */
@ApplicationScoped
class ChunkStore {

    private static final String GENERATION = "generation";
    private static final String LAST_EVENT_AT = "lastEventAt";
    private static final String SEEN = "seen";
    private static final String WAITING_SINCE = "waitingSince";

    private final StateTable table;
    private final Clock clock;

    ChunkStore(StateTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    Optional<ChunkState> find(ChunkId id) {
        return table.get(id.key()).map(ChunkStore::state);
    }

    /** Notes an arrival. The chunk is due once it has been quiet for the settle time. */
    ChunkState touch(ChunkId id, Arrival arrival, Duration settle) {
        Instant now = clock.instant();
        Changes touch = Changes.NONE
                .set("chunkCluster", id.cluster())
                .set("chunkDatasource", id.datasource())
                .set("chunkStart", id.chunk().start())
                .set("chunkEnd", id.chunk().end())
                .due(DueLane.BACKLOG, id.toString(), now.plus(settle))
                .setIfAbsent(WAITING_SINCE, now)
                .setIfAbsent(LAST_EVENT_AT, arrival.at())
                .add(GENERATION, 1);
        Item touched = noted(id.key(), touch, arrival.etag() + " " + arrival.key());
        table.updateIf(
                id.key(), Changes.NONE.set(LAST_EVENT_AT, arrival.at()), Condition.before(LAST_EVENT_AT, arrival.at()));
        return state(touched);
    }

    /** The seen objects only serve to name those that vanish. A chunk with more than fit into an item does without. */
    private Item noted(Key key, Changes touch, String seen) {
        try {
            return table.updateIf(key, touch.add(SEEN, List.of(seen)), Condition.ALWAYS)
                    .orElseThrow();
        } catch (StateException exception) {
            if (exception.code() != StateException.Code.ITEM_TOO_LARGE) {
                throw exception;
            }
            return table.updateIf(key, touch, Condition.ALWAYS).orElseThrow();
        }
    }

    /** Returns the write that makes a plan of this generation final, for the transaction that stores its run. */
    Write planned(ChunkId id, ChunkState state, String runId) {
        return Write.update(id.key(), planned(state).set("lastRun", runId), isUnchanged(state));
    }

    /** Ends a generation that needs no run. Returns false if something arrived meanwhile. */
    boolean consumed(ChunkId id, ChunkState state) {
        return table.updateIf(id.key(), planned(state), isUnchanged(state)).isPresent();
    }

    /** Notes that the ledger has all objects of the run. */
    void ledgerWritten(ChunkId id, String runId) {
        table.updateIf(id.key(), Changes.NONE.set("ledgerRun", runId), Condition.present());
    }

    /** Makes the chunk due later, unless an arrival has set another time meanwhile. */
    void postpone(ChunkId id, ChunkState state, Duration pause) {
        table.updateIf(
                id.key(),
                Changes.NONE.set(StateTable.DUE_AT, clock.instant().plus(pause)),
                isUnchanged(state).and(Condition.has(StateTable.DUE_AT)));
    }

    private static Changes planned(ChunkState state) {
        return Changes.NONE.set("planned", state.generation()).notDue().remove(WAITING_SINCE, SEEN);
    }

    /** Holds if nothing has arrived since the state was read. */
    private static Condition isUnchanged(ChunkState state) {
        return Condition.equal(GENERATION, state.generation());
    }

    /** Returns the chunk of an item of the due index; empty if the item is not a chunk. */
    static Optional<ChunkId> idOf(Item item) {
        return item.text("chunkCluster")
                .map(cluster -> new ChunkId(
                        new Feed(cluster, item.text("chunkDatasource").orElseThrow()),
                        new TimeChunk(
                                item.time("chunkStart").orElseThrow(),
                                item.time("chunkEnd").orElseThrow())));
    }

    static ChunkState state(Item item) {
        return new ChunkState(
                item.number(GENERATION, 0),
                item.number("planned", 0),
                item.texts(SEEN),
                item.time(LAST_EVENT_AT).orElse(Instant.EPOCH),
                item.time(WAITING_SINCE).orElse(null),
                item.text("lastRun").orElse(null),
                item.text("ledgerRun").orElse(null));
    }
}
