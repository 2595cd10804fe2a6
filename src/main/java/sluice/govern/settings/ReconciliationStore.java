package sluice.govern.settings;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Write;

/**
 * Alignments in the state table: one item for each datasource, in the due index while there is something to do or to look
 * after. A new activation overwrites the alignment and keeps what was made before.
 */
@ApplicationScoped
class ReconciliationStore {

    private static final String BODY = "alignment";
    private static final String APPLIED = "applied";
    private static final String VERSION = "version";
    private static final TypeReference<Map<String, ManagedSettings>> BY_CLUSTER = new TypeReference<>() {};

    private final StateTable table;
    private final Outbox outbox;
    private final StateJson json;

    ReconciliationStore(StateTable table, Outbox outbox, StateJson json) {
        this.table = table;
        this.outbox = outbox;
        this.json = json;
    }

    /**
     * An alignment as it was read.
     *
     * @param applied what Sluice has made, by cluster
     * @param version counts the writes; each is conditional on it
     */
    record Stored(Reconciliation alignment, Map<String, ManagedSettings> applied, long version) {

        Stored {
            applied = Map.copyOf(applied);
        }

        ManagedSettings applied(String cluster) {
            return applied.getOrDefault(cluster, ManagedSettings.NOTHING);
        }

        Stored with(Reconciliation next) {
            return new Stored(next, applied, version);
        }
    }

    Optional<Stored> find(String datasource) {
        return table.get(Key.settings(datasource)).flatMap(this::storedOf);
    }

    /** The alignment of an item, or nothing when the item is none. */
    Optional<Stored> storedOf(Item item) {
        return item.text(BODY)
                .map(text -> new Stored(
                        json.read(text, Reconciliation.class),
                        item.text(APPLIED)
                                .map(applied -> json.read(applied, BY_CLUSTER))
                                .orElse(Map.of()),
                        item.number(VERSION, 0)));
    }

    /** The write that begins an alignment, whatever was there before. */
    Write begun(Reconciliation alignment, Instant due) {
        return Write.update(Key.settings(alignment.datasource()), changes(alignment, due), Condition.ALWAYS);
    }

    void begin(Reconciliation alignment, Instant due) {
        table.transact(List.of(begun(alignment, due)));
    }

    /**
     * Writes the next version, and the events about it.
     *
     * @param due when to look again, or null when there is nothing to look after
     * @return as it is stored then; empty when somebody else has written it since
     */
    Optional<Stored> save(Stored next, Instant due, List<CloudEvent> events) {
        List<Write> writes = new ArrayList<>();
        writes.add(Write.update(
                Key.settings(next.alignment().datasource()),
                changes(next.alignment(), due).set(APPLIED, json.write(next.applied())),
                Condition.equal(VERSION, next.version())));
        events.forEach(event -> writes.add(outbox.stored(event)));
        try {
            table.transact(writes);
        } catch (TransactionCancelledException exception) {
            return Optional.empty();
        }
        outbox.send(events);
        return Optional.of(new Stored(next.alignment(), next.applied(), next.version() + 1));
    }

    private Changes changes(Reconciliation alignment, Instant due) {
        Changes changes = Changes.NONE.set(BODY, json.write(alignment)).add(VERSION, 1);
        return due == null ? changes.notDue() : changes.due(alignment.datasource(), due);
    }
}
