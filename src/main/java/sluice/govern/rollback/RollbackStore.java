package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.platform.state.Write;

/** Rollbacks in the state table; one that is not done stands in the due index. */
@ApplicationScoped
class RollbackStore {

    private static final String BODY = "rollback";
    private static final String VERSION = "version";

    private final StateTable table;
    private final StateJson json;

    RollbackStore(StateTable table, StateJson json) {
        this.table = table;
        this.json = json;
    }

    Optional<Rollback> find(String datasource, int number) {
        return table.get(Key.rollback(datasource, number)).flatMap(this::rollbackOf);
    }

    /** The rollback of an item of the due index, or nothing when the item is not a rollback. */
    Optional<Rollback> rollbackOf(Item item) {
        return item.text(BODY).map(text -> json.read(text, Rollback.class));
    }

    /** The write of a new rollback, for the transaction that moves the pointer. */
    Write created(Rollback rollback, Instant due) {
        return Write.put(item(rollback.written(), due), Condition.absent());
    }

    /**
     * Writes the next version.
     *
     * @param due when to look again, or null when all is done
     * @return whether nobody else wrote it since it was read
     */
    boolean save(Rollback rollback, Instant due) {
        return table.putIf(item(rollback.written(), due), Condition.equal(VERSION, rollback.version()));
    }

    private Item item(Rollback written, Instant due) {
        Key key = Key.rollback(written.datasource(), written.number());
        return Item.at(key)
                .with(BODY, json.write(written))
                .with(VERSION, written.version())
                .due(key.pk(), due);
    }
}
