package sluice.govern.streams;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.platform.state.Condition;
import sluice.platform.state.DueItemReader;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.platform.state.Transactions;
import sluice.platform.state.Write;

/**
 * Operations and snapshots of offsets in the state table, in one partition per supervisor. An item beside them names the newest
 * operation and whether it is open: so there is one open operation at a time, and numbers have no gaps.
 */
@ApplicationScoped
class StreamStore {

    private static final String BODY = "streamOperation";
    private static final String VERSION = "version";
    private static final String LAST = "last";
    private static final String OPEN = "open";
    private static final String NUMBER = "number";
    private static final String REQUEST = "request";

    /** As long as Kafka keeps messages in most places, and longer than by its default of a week. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final StateTable table;
    private final DueItemReader reader;
    private final StateJson json;

    StreamStore(StateTable table, DueItemReader reader, StateJson json) {
        this.table = table;
        this.reader = reader;
        this.json = json;
    }

    /** The number of the newest operation, and whether it is open. */
    record Newest(int number, boolean isOpen) {}

    Newest newest(String cluster, String supervisor) {
        return table.get(Key.stream(cluster, supervisor))
                .map(item -> new Newest((int) item.number(LAST, 0), item.number(OPEN, 0) == 1))
                .orElse(new Newest(0, false));
    }

    Optional<StreamOperation> find(String cluster, String supervisor, int number) {
        return table.get(Key.streamOperation(cluster, supervisor, number)).flatMap(this::operationOf);
    }

    /** Returns at most so many operations, newest first. */
    List<StreamOperation> operations(String cluster, String supervisor, int most) {
        Query newestFirst = Query.partition(Key.stream(cluster, supervisor).pk())
                .startingWith(Key.STREAM_OPERATION_PREFIX)
                .highestFirst();
        return table.first(newestFirst, most).stream()
                .map(this::operationOf)
                .flatMap(Optional::stream)
                .toList();
    }

    List<StreamOperation> operationsOf(List<Item> due) {
        return reader.read(due, this::operationOf);
    }

    private Optional<StreamOperation> operationOf(Item item) {
        return item.text(BODY).map(text -> json.read(text, StreamOperation.class));
    }

    /**
     * What an idempotency key stands for.
     *
     * @param request hash of what was asked for
     */
    record Keyed(int number, String request) {}

    Optional<Keyed> keyed(String key) {
        return table.get(Key.idempotency(key))
                .map(item -> new Keyed(
                        (int) item.number(NUMBER, 0), item.text(REQUEST).orElse("")));
    }

    /**
     * Stores a new operation.
     *
     * @param key hash of the caller's idempotency key; null if there is none
     * @param request hash of what was asked for
     * @return false if somebody else started one after {@code before} was read
     */
    boolean create(StreamOperation operation, Newest before, @Nullable String key, String request, Instant due) {
        StreamOperation written = operation.written();
        List<Write> writes = new ArrayList<>();
        writes.add(Write.put(item(written, due), Condition.absent()));
        writes.add(Write.put(
                state(written), before.number() == 0 ? Condition.absent() : Condition.equal(LAST, before.number())));
        if (key != null) {
            writes.add(Write.put(
                    Item.at(Key.idempotency(key))
                            .with(NUMBER, operation.number())
                            .with(REQUEST, request)
                            .expiring(operation.requestedAt().plus(KEPT)),
                    Condition.absent()));
        }
        return Transactions.isWritten(table, writes);
    }

    /**
     * Writes the next version.
     *
     * @param due when the next step is due; null once the operation has ended
     * @return false if somebody else wrote it after it was read
     */
    boolean save(StreamOperation operation, @Nullable Instant due) {
        StreamOperation written = operation.written();
        List<Write> writes = new ArrayList<>();
        writes.add(Write.put(item(written, due), Condition.equal(VERSION, operation.version())));
        if (written.isDone()) {
            writes.add(Write.put(state(written), Condition.equal(LAST, written.number())));
        }
        if (written.isDone() && written.before() != null) {
            writes.add(
                    Write.put(snapshot(written.cluster(), written.supervisor(), written.before()), Condition.ALWAYS));
        }
        return Transactions.isWritten(table, writes);
    }

    void record(String cluster, String supervisor, OffsetSnapshot snapshot) {
        table.put(snapshot(cluster, supervisor, snapshot));
    }

    /** Returns the newest snapshot that is not younger than a time. */
    Optional<OffsetSnapshot> snapshotAt(String cluster, String supervisor, Instant time) {
        Query until = Query.partition(Key.stream(cluster, supervisor).pk())
                .between(
                        Key.STREAM_OFFSETS_PREFIX,
                        Key.streamOffsets(cluster, supervisor, time).sk())
                .highestFirst();
        return table.first(until, 1).stream()
                .map(item -> json.read(item.compressed(BODY).orElseThrow(), OffsetSnapshot.class))
                .findFirst();
    }

    private Item snapshot(String cluster, String supervisor, OffsetSnapshot snapshot) {
        return Item.at(Key.streamOffsets(cluster, supervisor, snapshot.at()))
                .withCompressed(BODY, json.write(snapshot))
                .expiring(snapshot.at().plus(KEPT));
    }

    private static Item state(StreamOperation operation) {
        return Item.at(Key.stream(operation.cluster(), operation.supervisor()))
                .with(LAST, operation.number())
                .with(OPEN, operation.isDone() ? 0 : 1);
    }

    private Item item(StreamOperation operation, @Nullable Instant due) {
        Key key = Key.streamOperation(operation.cluster(), operation.supervisor(), operation.number());
        return Item.at(key)
                .with(BODY, json.write(operation))
                .with(VERSION, operation.version())
                .due(key.pk(), due);
    }
}
