package sluice.govern.streams;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import sluice.core.contract.Finding;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.RecurringItem;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.platform.state.Write;

/** Stores what the last sample of each stream showed, and when the next stream is sampled. */
@ApplicationScoped
class MessageDriftStore {

    private static final String FINDINGS = "findings";
    private static final TypeReference<List<Finding>> LIST = new TypeReference<>() {};

    private final StateTable table;
    private final StateJson json;
    private final Outbox outbox;
    private final RecurringItem sampling;

    MessageDriftStore(StateTable table, StateJson json, Outbox outbox) {
        this.table = table;
        this.json = json;
        this.outbox = outbox;
        this.sampling = new RecurringItem(table, Key.streamSampling(), "streamSampling");
    }

    /** Says when the next sample is due. */
    RecurringItem sampling() {
        return sampling;
    }

    List<Finding> find(String cluster, String supervisor) {
        return table.get(Key.messageDrift(cluster, supervisor))
                .flatMap(item -> item.compressed(FINDINGS))
                .map(text -> json.read(text, LIST))
                .orElse(List.of());
    }

    /** Stores the findings of a sample, and the events about them. */
    void write(String cluster, String supervisor, List<Finding> findings, List<CloudEvent> events) {
        List<Write> writes = new ArrayList<>();
        writes.add(Write.put(
                Item.at(Key.messageDrift(cluster, supervisor)).withCompressed(FINDINGS, json.write(findings)),
                Condition.ALWAYS));
        events.forEach(event -> writes.add(outbox.stored(event)));
        table.transact(writes);
        outbox.send(events);
    }
}
