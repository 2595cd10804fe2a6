package sluice.govern.settings;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Alignments in the state table: one item for each datasource, in the due index while there is something to do or to look
 * after. A new activation overwrites the alignment and keeps what was made before.
 */
@ApplicationScoped
class ReconciliationStore {

    private static final String BODY = "alignment";
    private static final String APPLIED = "applied";
    private static final String SET = "SET alignment = :alignment, version = if_not_exists(version, :zero) + :one";
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
                        item.number("version", 0)));
    }

    /** The write that begins an alignment, whatever was there before. */
    TransactWriteItem begun(Reconciliation alignment, Instant due) {
        return table.update(
                Key.settings(alignment.datasource()),
                SET + ", dueShard = :shard, dueAt = :due",
                "attribute_exists(pk) OR attribute_not_exists(pk)",
                values(alignment, due).with(":zero", 0));
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
        Item values = values(next.alignment(), due)
                .with(":zero", 0)
                .with(":applied", json.write(next.applied()))
                .with(":read", next.version());
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(table.update(
                Key.settings(next.alignment().datasource()),
                SET + ", applied = :applied"
                        + (due == null ? " REMOVE dueShard, dueAt" : ", dueShard = :shard, dueAt = :due"),
                "version = :read",
                values));
        events.forEach(event -> writes.add(outbox.stored(event)));
        try {
            table.transact(writes);
        } catch (TransactionCanceledException exception) {
            return Optional.empty();
        }
        outbox.send(events);
        return Optional.of(new Stored(next.alignment(), next.applied(), next.version() + 1));
    }

    private Item values(Reconciliation alignment, Instant due) {
        Item values = Item.values().with(":alignment", json.write(alignment)).with(":one", 1);
        return due == null
                ? values
                : values.with(":shard", StateTable.shard(alignment.datasource()))
                        .with(":due", due);
    }
}
