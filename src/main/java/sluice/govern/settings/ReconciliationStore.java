package sluice.govern.settings;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.DueItemReader;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.platform.state.Transactions;
import sluice.platform.state.Write;

/**
 * Stores reconciliations in the state table: one item per datasource, in the due index while there is something to do or to
 * check. A new activation overwrites the reconciliation and keeps the managed settings.
 */
@ApplicationScoped
class ReconciliationStore {

    private static final String BODY = "alignment";
    private static final String APPLIED = "applied";
    private static final String DROPPED = "dropped";
    private static final String VERSION = "version";
    private static final TypeReference<Map<String, ManagedSettings>> BY_CLUSTER = new TypeReference<>() {};
    private static final TypeReference<Map<String, Instant>> TIMES = new TypeReference<>() {};

    private final StateTable table;
    private final DueItemReader reader;
    private final Outbox outbox;
    private final StateJson json;

    ReconciliationStore(StateTable table, DueItemReader reader, Outbox outbox, StateJson json) {
        this.table = table;
        this.reader = reader;
        this.outbox = outbox;
        this.json = json;
    }

    /**
     * A reconciliation as it was read.
     *
     * @param applied managed settings by cluster
     * @param dropped when a cluster got rules that drop rows, by cluster; outlives the reconciliation
     * @param version number of writes; each write is conditional on it
     */
    record Stored(
            Reconciliation reconciliation,
            Map<String, ManagedSettings> applied,
            Map<String, Instant> dropped,
            long version) {

        Stored {
            applied = Map.copyOf(applied);
            dropped = Map.copyOf(dropped);
        }

        ManagedSettings applied(String cluster) {
            return applied.getOrDefault(cluster, ManagedSettings.NOTHING);
        }

        Stored with(Reconciliation next) {
            return new Stored(next, applied, dropped, version);
        }

        Stored with(Reconciliation next, Map<String, ManagedSettings> managed) {
            return new Stored(next, managed, dropped, version);
        }

        Stored dropping(String cluster, Instant at) {
            Map<String, Instant> times = new HashMap<>(dropped);
            times.put(cluster, at);
            return new Stored(reconciliation, applied, times, version);
        }
    }

    Optional<Stored> find(String datasource) {
        return table.get(Key.settings(datasource)).flatMap(this::storedOf);
    }

    /** Returns the reconciliations among items of the due index. */
    List<Stored> storedOf(List<Item> due) {
        return reader.read(due, this::storedOf);
    }

    private Optional<Stored> storedOf(Item item) {
        return item.text(BODY)
                .map(text -> new Stored(
                        json.read(text, Reconciliation.class),
                        item.text(APPLIED)
                                .map(applied -> json.read(applied, BY_CLUSTER))
                                .orElse(Map.of()),
                        item.text(DROPPED).map(times -> json.read(times, TIMES)).orElse(Map.of()),
                        item.number(VERSION, 0)));
    }

    /** Returns the unconditional write that begins a reconciliation. */
    Write begun(Reconciliation reconciliation, Instant due) {
        return Write.update(Key.settings(reconciliation.datasource()), changes(reconciliation, due), Condition.ALWAYS);
    }

    void begin(Reconciliation reconciliation, Instant due) {
        table.transact(List.of(begun(reconciliation, due)));
    }

    /**
     * Writes the next version, and the events about it.
     *
     * @param due when the next step is due; null if there is nothing to check
     * @return the reconciliation as stored; empty if somebody else wrote it after it was read
     */
    Optional<Stored> save(Stored next, @Nullable Instant due, List<CloudEvent> events) {
        List<Write> writes = new ArrayList<>();
        writes.add(Write.update(
                Key.settings(next.reconciliation().datasource()),
                changes(next.reconciliation(), due)
                        .set(APPLIED, json.write(next.applied()))
                        .set(DROPPED, json.write(next.dropped())),
                Condition.equal(VERSION, next.version())));
        events.forEach(event -> writes.add(outbox.stored(event)));
        if (!Transactions.isWritten(table, writes)) {
            return Optional.empty();
        }
        outbox.send(events);
        return Optional.of(new Stored(next.reconciliation(), next.applied(), next.dropped(), next.version() + 1));
    }

    private Changes changes(Reconciliation reconciliation, @Nullable Instant due) {
        Changes changes = Changes.NONE.set(BODY, json.write(reconciliation)).add(VERSION, 1);
        return due == null ? changes.notDue() : changes.due(reconciliation.datasource(), due);
    }
}
