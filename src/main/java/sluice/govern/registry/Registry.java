package sluice.govern.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.Query;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Write;

/**
 * Stores versions of definitions and which of them are active. One transaction writes the version, the pointer, the history
 * entry, the event and the work of {@link ActivationListener}s. It is conditional on the pointer that was read: of two
 * callers at once, one wins and the other gets a {@link ContendedException}.
 *
 * <p>All pointers are in one partition, so one query finds all active versions.
 */
@ApplicationScoped
public class Registry {

    private static final String BODY = "body";
    private static final String VERSION = "version";
    private static final String HASH = "hash";
    private static final String ACTIVATION = "activation";
    private static final String LATEST = "latest";

    private final StateTable table;
    private final StateJson json;
    private final Clock clock;
    private final ActivationEvents events;
    private final Outbox outbox;
    private final Instance<ActivationListener> listeners;

    Registry(
            StateTable table,
            StateJson json,
            Clock clock,
            ActivationEvents events,
            Outbox outbox,
            Instance<ActivationListener> listeners) {
        this.table = table;
        this.json = json;
        this.clock = clock;
        this.events = events;
        this.outbox = outbox;
        this.listeners = listeners;
    }

    /** Returns the pointers of all datasources. */
    public List<Active> actives() {
        return table.all(Query.partition(Key.activeVersion("").pk())).stream()
                .map(Registry::active)
                .toList();
    }

    public Optional<Active> active(String datasource) {
        return table.get(Key.activeVersion(datasource)).map(Registry::active);
    }

    public Optional<Version> version(String datasource, int number) {
        return table.get(Key.definitionVersion(datasource, number)).map(item -> body(item, Version.class));
    }

    /** Returns at most so many versions of a datasource, newest first. */
    public List<Version> versions(String datasource, int most) {
        return newest(datasource, Key.VERSION_PREFIX, most).stream()
                .map(item -> body(item, Version.class))
                .toList();
    }

    /** Returns at most so many moves of the active pointer, newest first. */
    public List<Activation> history(String datasource, int most) {
        return newest(datasource, Key.ACTIVATION_PREFIX, most).stream()
                .map(item -> body(item, Activation.class))
                .toList();
    }

    /**
     * Stores the proposal as a new version and activates it. If the active version has the same content, this is a no-op.
     *
     * @param read the pointer that the caller read; empty for a new datasource
     * @return the pointer afterwards
     * @throws ContendedException if somebody else moved the pointer after it was read
     */
    public Active apply(Proposal proposal, Optional<Active> read) {
        String hash = proposal.definition().hash();
        if (read.isPresent() && read.get().hash().equals(hash)) {
            return read.get();
        }
        String datasource = proposal.definition().datasource();
        int number = read.map(Active::latest).orElse(0) + 1;
        Instant now = clock.instant();
        Integer before = read.map(Active::version).orElse(null);
        Version version = new Version(
                datasource,
                number,
                hash,
                proposal.text(),
                proposal.author(),
                proposal.commit(),
                proposal.note(),
                now,
                before);
        Active next = new Active(
                datasource, number, hash, read.map(Active::activation).orElse(0) + 1, number);
        Item item = Item.at(Key.definitionVersion(datasource, number)).withCompressed(BODY, json.write(version));
        move(
                read,
                next,
                new Activation(
                        next.activation(),
                        Activation.Kind.APPLY,
                        number,
                        before,
                        proposal.author(),
                        proposal.note(),
                        now),
                List.of(Write.put(item, Condition.absent())));
        return next;
    }

    /**
     * Activates an earlier version.
     *
     * @param with further writes of the same transaction
     * @throws ContendedException if somebody else moved the pointer after it was read
     */
    public Active rollBack(Active read, Version to, String author, String reason, List<Write> with) {
        Active next = new Active(read.datasource(), to.number(), to.hash(), read.activation() + 1, read.latest());
        move(
                Optional.of(read),
                next,
                new Activation(
                        next.activation(),
                        Activation.Kind.ROLLBACK,
                        to.number(),
                        read.version(),
                        author,
                        reason,
                        clock.instant()),
                with);
        return next;
    }

    private void move(Optional<Active> read, Active next, Activation activation, List<Write> with) {
        List<Write> writes = new ArrayList<>(with);
        Item pointer = Item.at(Key.activeVersion(next.datasource()))
                .with(VERSION, next.version())
                .with(HASH, next.hash())
                .with(ACTIVATION, next.activation())
                .with(LATEST, next.latest());
        writes.add(Write.put(
                pointer,
                read.map(known -> Condition.equal(ACTIVATION, known.activation()))
                        .orElseGet(Condition::absent)));
        writes.add(Write.put(
                Item.at(Key.activation(next.datasource(), activation.number()))
                        .withCompressed(BODY, json.write(activation)),
                Condition.absent()));
        CloudEvent event = events.of(next, activation);
        writes.add(outbox.stored(event));
        listeners.forEach(listener -> writes.addAll(listener.writes(next, activation)));
        try {
            table.transact(writes);
            outbox.send(List.of(event));
        } catch (TransactionCancelledException exception) {
            throw new ContendedException(next.datasource(), exception);
        }
    }

    private List<Item> newest(String datasource, String prefix, int most) {
        String pk = Key.definitionVersion(datasource, 1).pk();
        return table.first(Query.partition(pk).startingWith(prefix).highestFirst(), most);
    }

    private static Active active(Item item) {
        return new Active(
                item.text("sk").orElseThrow(),
                (int) item.number(VERSION, 0),
                item.text(HASH).orElseThrow(),
                (int) item.number(ACTIVATION, 0),
                (int) item.number(LATEST, 0));
    }

    private <T> T body(Item item, Class<T> type) {
        return json.read(item.compressed(BODY).orElseThrow(), type);
    }
}
