package sluice.upkeep.freshness;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.RecurringItem;
import sluice.platform.state.StateTable;
import sluice.platform.state.Transactions;
import sluice.platform.state.Write;

/** Stores what was last said about the freshness of each datasource, and when the next check is due. */
@ApplicationScoped
class FreshnessStore {

    private static final String SINCE = "since";
    private static final String STALE = "stale";
    private static final String VERSION = "version";

    private final StateTable table;
    private final RecurringItem watch;
    private final Outbox outbox;

    FreshnessStore(StateTable table, Outbox outbox) {
        this.table = table;
        this.watch = new RecurringItem(table, Key.freshnessWatch(), "freshnessWatch");
        this.outbox = outbox;
    }

    /** Says when the next check is due. */
    RecurringItem watch() {
        return watch;
    }

    /** Returns the state of a datasource; of one that is not watched yet, the state with which the watch begins now. */
    FreshnessState state(String cluster, String datasource, Instant now) {
        return table.get(Key.freshness(cluster, datasource))
                .map(item -> new FreshnessState(
                        item.time(SINCE).orElse(now), item.number(STALE, 0) == 1, item.number(VERSION, 0)))
                .orElseGet(() -> FreshnessState.begun(now));
    }

    /** Stores the next state together with the events about it, then sends them. Does nothing if another tick was first. */
    void save(String cluster, String datasource, FreshnessState next, List<CloudEvent> events) {
        Item item = Item.at(Key.freshness(cluster, datasource))
                .with(SINCE, next.watchedSince())
                .with(STALE, next.stale() ? 1 : 0)
                .with(VERSION, next.version());
        List<Write> writes = new ArrayList<>();
        writes.add(Write.put(
                item, next.version() == 1 ? Condition.absent() : Condition.equal(VERSION, next.version() - 1)));
        events.forEach(event -> writes.add(outbox.stored(event)));
        if (Transactions.isWritten(table, writes)) {
            outbox.send(events);
        }
    }
}
