package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.platform.state.Condition;
import sluice.platform.state.DueItemReader;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.platform.state.Write;

/** Stores rollbacks in the state table. An unfinished one is in the due index. */
@ApplicationScoped
class RollbackStore {

    private static final String BODY = "rollback";
    private static final String NUMBER = "number";
    private static final String VERSION = "version";

    private final StateTable table;
    private final DueItemReader reader;
    private final StateJson json;

    RollbackStore(StateTable table, DueItemReader reader, StateJson json) {
        this.table = table;
        this.reader = reader;
        this.json = json;
    }

    Optional<Rollback> find(String datasource, int number) {
        return table.get(Key.rollback(datasource, number)).flatMap(this::rollbackOf);
    }

    /** Returns the rollbacks among items of the due index. */
    List<Rollback> rollbacksOf(List<Item> due) {
        return reader.read(due, this::rollbackOf);
    }

    private Optional<Rollback> rollbackOf(Item item) {
        // Stored as a plain text by earlier versions.
        return item.compressed(BODY).or(() -> item.text(BODY)).map(text -> json.read(text, Rollback.class));
    }

    /** Returns the write of a new rollback, for the transaction that moves the pointer. */
    Write created(Rollback rollback, Instant due) {
        return Write.put(item(rollback.written(), due), Condition.absent());
    }

    /** Returns the rollback that a request with this idempotency key has started. */
    Optional<Rollback> ofKey(String datasource, String key) {
        return table.get(Key.rollbackRequest(datasource, key))
                .map(item -> item.number(NUMBER, 0))
                .flatMap(number -> find(datasource, (int) (long) number));
    }

    /** Returns the write of an idempotency key, for the transaction that starts its rollback. */
    Write keyed(Rollback rollback, String key) {
        return Write.put(
                Item.at(Key.rollbackRequest(rollback.datasource(), key)).with(NUMBER, rollback.number()),
                Condition.absent());
    }

    /**
     * Writes the next version.
     *
     * @param due when the next step is due; null if the rollback is done
     * @return false if somebody else wrote it after it was read
     */
    boolean save(Rollback rollback, @Nullable Instant due) {
        return table.putIf(item(rollback.written(), due), Condition.equal(VERSION, rollback.version()));
    }

    private Item item(Rollback written, @Nullable Instant due) {
        Key key = Key.rollback(written.datasource(), written.number());
        return Item.at(key)
                .withCompressed(BODY, json.write(written))
                .with(VERSION, written.version())
                .due(key.pk(), due);
    }
}
