package sluice.govern.streams;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.govern.streams.StreamHealth.State;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.RecurringItem;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.platform.state.Write;

/** Stores what was last seen of each stream, and when streams are looked at next. */
@ApplicationScoped
class StreamHealthStore {

    private static final String PASSED_OVER = "passedOver";
    private static final TypeReference<List<PassedOver>> LIST = new TypeReference<>() {};

    private final StateTable table;
    private final StateJson json;
    private final RecurringItem watch;
    private final Outbox outbox;

    StreamHealthStore(StateTable table, StateJson json, Outbox outbox) {
        this.table = table;
        this.json = json;
        this.watch = new RecurringItem(table, Key.streamWatch(), "streamWatch");
        this.outbox = outbox;
    }

    /** Says when the next look is due. */
    RecurringItem watch() {
        return watch;
    }

    Optional<StreamHealth> find(String cluster, String supervisor) {
        return table.get(Key.streamHealth(cluster, supervisor))
                .map(item -> new StreamHealth(
                        State.valueOf(item.text("state").orElseThrow()),
                        item.time("since").orElseThrow(),
                        item.text("reason").orElse(""),
                        item.number("lag", 0),
                        item.time("lagSince").orElseThrow(),
                        item.number("starting", 0),
                        item.time("lastPublication").orElse(null),
                        item.compressed(PASSED_OVER)
                                .map(text -> json.read(text, LIST))
                                .orElse(List.of())));
    }

    /** Stores what was seen, with the events about it. */
    void write(String cluster, String supervisor, StreamHealth health, List<CloudEvent> events) {
        Item item = Item.at(Key.streamHealth(cluster, supervisor))
                .with("state", health.state().name())
                .with("since", health.since())
                .with("reason", health.reason())
                .with("lag", health.lag())
                .with("lagSince", health.lagSince())
                .with("starting", health.starting())
                .with("lastPublication", health.lastPublication());
        if (!health.passedOver().isEmpty()) {
            item = item.withCompressed(PASSED_OVER, json.write(health.passedOver()));
        }
        if (events.isEmpty()) {
            table.put(item);
            return;
        }
        List<Write> writes = new ArrayList<>();
        writes.add(Write.put(item, Condition.ALWAYS));
        events.forEach(event -> writes.add(outbox.stored(event)));
        table.transact(writes);
        outbox.send(events);
    }
}
