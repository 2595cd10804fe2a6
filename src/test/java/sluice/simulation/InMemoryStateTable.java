package sluice.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.DueShare;
import sluice.platform.state.Item;
import sluice.platform.state.ItemPage;
import sluice.platform.state.Key;
import sluice.platform.state.NextDue;
import sluice.platform.state.Query;
import sluice.platform.state.StateException;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.TransactionCancelledException.Failure;
import sluice.platform.state.TransactionCancelledException.Reason;
import sluice.platform.state.Value;
import sluice.platform.state.Write;

/**
 * The state table in memory, as DynamoDB behaves: reads by key see every write, indexes lag, items that have expired are
 * removed late, and calls can fail. It is deterministic, driven by a clock, and made for one thread. The contract of
 * {@code StateTableContract} holds of it and of DynamoDB.
 */
public final class InMemoryStateTable implements StateTable {

    private final Clock clock;
    private final StoredItems items = new StoredItems();
    private final LaggingIndex due = new LaggingIndex(IndexShape.DUE);
    private final LaggingIndex runs = new LaggingIndex(IndexShape.RUNS);
    private final List<IndexShape> shapes = List.of(IndexShape.DUE, IndexShape.RUNS);
    private Supplier<Duration> indexLag = () -> Duration.ZERO;
    private Duration expiryDelay = Duration.ofDays(2);
    private TableObserver observer = TableObserver.NONE;

    public InMemoryStateTable(Clock clock) {
        this.clock = clock;
    }

    /** How long after a write each index learns of it; asked once a write and index. */
    public InMemoryStateTable indexLag(Supplier<Duration> lag) {
        this.indexLag = lag;
        return this;
    }

    /** How long after its time to live an item is removed. */
    public InMemoryStateTable expiryDelay(Duration delay) {
        this.expiryDelay = delay;
        return this;
    }

    /** Sees all calls from now on, in place of an earlier one. */
    public InMemoryStateTable observer(TableObserver next) {
        this.observer = next;
        return this;
    }

    /** All items, in no order, without a call that an observer would see. */
    public Stream<Item> items() {
        removeExpired();
        return items.all();
    }

    @Override
    public Optional<Item> get(Key key) {
        return called(new TableCall(TableCall.Kind.GET, List.of(key)), () -> {
            TableLimits.check(key);
            return items.get(key);
        });
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        return called(new TableCall(TableCall.Kind.GET_ALL, keys), () -> {
            TableLimits.checkKeys(keys);
            return keys.stream().map(items::get).flatMap(Optional::stream).toList();
        });
    }

    @Override
    public void put(Item item) {
        putIf(item, Condition.ALWAYS);
    }

    @Override
    public boolean putIf(Item item, Condition condition) {
        TableCall call = new TableCall(TableCall.Kind.PUT, List.of(Key.of(item)));
        return called(call, () -> written(Write.put(item, condition)).isPresent());
    }

    @Override
    public Optional<Item> updateIf(Key key, Changes changes, Condition condition) {
        TableCall call = new TableCall(TableCall.Kind.UPDATE, List.of(key));
        return called(call, () -> written(Write.update(key, changes, condition)).flatMap(done -> done));
    }

    @Override
    public void remove(Key key) {
        TableCall call = new TableCall(TableCall.Kind.REMOVE, List.of(key));
        called(call, () -> written(Write.delete(key, Condition.ALWAYS)));
    }

    @Override
    public void transact(List<Write> writes) {
        TableCall call = new TableCall(
                TableCall.Kind.TRANSACT, writes.stream().map(Write::key).toList());
        called(call, () -> {
            transacted(writes);
            return null;
        });
    }

    @Override
    public ItemPage query(Query query) {
        return called(new TableCall(TableCall.Kind.QUERY, List.of()), () -> switch (query.index()) {
            case TABLE ->
                PageReader.read(items.partition(query.partition()), query, Query.Position::sort, sortKey -> sortKey);
            case RUNS ->
                PageReader.read(
                        runs.partition(Value.of(query.partition()), clock.instant()),
                        query,
                        position -> new LaggingIndex.Place(position.sort(), position.key()),
                        LaggingIndex.Place::sort);
        });
    }

    @Override
    public List<Item> due(Instant until, int most) {
        return called(new TableCall(TableCall.Kind.DUE, List.of()), () -> {
            if (most < 1) {
                throw TableLimits.refused("a page has at least one item");
            }
            String end = ((Value.Text) Value.of(until)).text();
            Set<Item> found = new LinkedHashSet<>();
            Map<Long, List<Item>> shards = new TreeMap<>();
            for (long shard = 0; shard < (long) DueLane.values().length * DUE_SHARDS; shard++) {
                NavigableMap<LaggingIndex.Place, Item> partition = dueIn(shard, end);
                shards.put(shard, partition.isEmpty() ? List.of() : List.copyOf(partition.values()));
            }
            boolean all = shards.values().stream().mapToInt(List::size).sum() < most;
            for (DueLane lane : DueLane.values()) {
                int share = all ? Integer.MAX_VALUE : DueShare.of(lane, most);
                for (long shard = lane.first(); shard < lane.first() + DUE_SHARDS; shard++) {
                    List<Item> items = shards.get(shard);
                    found.addAll(items.subList(0, Math.min(share, items.size())));
                    if (lane == DueLane.BACKLOG) {
                        found.addAll(items.subList(Math.max(0, items.size() - share), items.size()));
                    }
                }
            }
            List<Item> sorted = new ArrayList<>(found);
            sorted.sort(Comparator.comparing(item -> item.time(DUE_AT).orElse(Instant.EPOCH)));
            return List.copyOf(sorted);
        });
    }

    @Override
    public NextDue nextDue(Instant until, Predicate<Item> wanted) {
        List<Item> page = new ArrayList<>();
        boolean isEmpty = true;
        for (long shard = 0; shard < (long) DueLane.values().length * DUE_SHARDS; shard++) {
            for (Item item : dueIn(shard, ((Value.Text) Value.of(until)).text()).values()) {
                page.add(item);
                isEmpty = false;
                if (page.size() == GLANCE) {
                    Optional<Instant> earliest = glance(page, wanted);
                    if (earliest.isPresent()) {
                        return new NextDue(false, earliest);
                    }
                    page.clear();
                }
            }
        }
        return new NextDue(isEmpty, glance(page, wanted));
    }

    private Optional<Instant> glance(List<Item> page, Predicate<Item> wanted) {
        List<Item> read = List.copyOf(page);
        return called(new TableCall(TableCall.Kind.DUE, List.of()), () -> read.stream()
                .filter(wanted)
                .flatMap(item -> item.time(DUE_AT).stream())
                .min(Comparator.naturalOrder()));
    }

    /**
     * Returns a page of one shard of the due index, in the order of time.
     *
     * @param newestFirst whether the order is reversed
     * @param until the latest time, as the table stores it
     * @param most maximum items; a page also ends at 1 MB
     * @param after the position after which the page begins; null for the first page
     */
    public ItemPage due(long shard, boolean newestFirst, String until, int most, Query.@Nullable Position after) {
        return called(new TableCall(TableCall.Kind.DUE, List.of()), () -> {
            NavigableMap<LaggingIndex.Place, Item> partition = dueIn(shard, until);
            if (newestFirst) {
                partition = partition.descendingMap();
            }
            if (after != null) {
                partition = partition.tailMap(new LaggingIndex.Place(after.sort(), after.key()), false);
            }
            return PageReader.first(partition, most);
        });
    }

    private NavigableMap<LaggingIndex.Place, Item> dueIn(long shard, String until) {
        return PageReader.until(due.partition(Value.of(shard), clock.instant()), until);
    }

    /** Makes the write; nothing when its condition does not hold, else what is stored then. */
    private Optional<Optional<Item>> written(Write write) {
        TableLimits.check(write.key());
        Optional<Item> stored = items.get(write.key());
        if (write instanceof Write.Put put) {
            // What is given is looked at before what is stored.
            TableLimits.check(put.item(), shapes);
        }
        if (!ConditionCheck.holds(write.condition(), stored)) {
            return Optional.empty();
        }
        Optional<Item> next = next(write, stored);
        if (write instanceof Write.Update) {
            next.ifPresent(item -> TableLimits.check(item, shapes));
        }
        replace(write.key(), next);
        return Optional.of(next);
    }

    private void transacted(List<Write> writes) {
        TableLimits.check(writes);
        List<Failure> failures = new ArrayList<>();
        List<Optional<Item>> all = new ArrayList<>();
        for (Write write : writes) {
            if (write instanceof Write.Put put) {
                TableLimits.checkRequest(put.item(), shapes);
            }
        }
        for (Write write : writes) {
            Optional<Item> stored = items.get(write.key());
            if (isRefused(write)) {
                failures.add(new Failure(write.key(), Reason.REFUSED, Optional.empty()));
            } else if (ConditionCheck.holds(write.condition(), stored)) {
                all.add(nextOrFailure(write, stored, failures));
            } else {
                failures.add(new Failure(write.key(), Reason.CONDITION_FAILED, stored));
            }
        }
        if (!failures.isEmpty()) {
            throw new TransactionCancelledException(failures);
        }
        TableLimits.checkSum(all.stream().flatMap(Optional::stream).toList());
        for (int i = 0; i < writes.size(); i++) {
            replace(writes.get(i).key(), all.get(i));
        }
    }

    /** What is given is looked at before what is stored. */
    private boolean isRefused(Write write) {
        try {
            if (write instanceof Write.Put put) {
                TableLimits.check(put.item(), shapes);
            }
            return false;
        } catch (StateException exception) {
            return true;
        }
    }

    /** A change that cannot be made cancels the transaction, as a condition that does not hold. */
    private Optional<Item> nextOrFailure(Write write, Optional<Item> stored, List<Failure> failures) {
        try {
            Optional<Item> next = next(write, stored);
            next.ifPresent(item -> TableLimits.check(item, shapes));
            return next;
        } catch (StateException exception) {
            failures.add(new Failure(write.key(), Reason.REFUSED, Optional.empty()));
            return Optional.empty();
        }
    }

    private static Optional<Item> next(Write write, Optional<Item> stored) {
        if (write instanceof Write.Put put) {
            return Optional.of(put.item());
        } else if (write instanceof Write.Update update) {
            return Optional.of(ChangedItem.of(update.key(), stored, update.changes()));
        }
        return Optional.empty();
    }

    private void replace(Key key, Optional<Item> next) {
        Optional<Item> before = items.get(key);
        items.replace(key, next);
        Instant now = clock.instant();
        due.changed(key, before, next, now.plus(indexLag.get()));
        runs.changed(key, before, next, now.plus(indexLag.get()));
    }

    private void removeExpired() {
        items.expired(clock.instant(), expiryDelay).forEach(key -> replace(key, Optional.empty()));
    }

    private <T> T called(TableCall call, Supplier<T> effect) {
        observer.before(call);
        removeExpired();
        T answer = effect.get();
        if (observer.isRepeated(call) && call.kind() != TableCall.Kind.TRANSACT) {
            answer = effect.get();
        }
        observer.after(call);
        return answer;
    }
}
