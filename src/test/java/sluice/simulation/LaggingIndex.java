package sluice.simulation;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Value;

/**
 * A global secondary index: it holds the items that have both of its key attributes, and learns of each write some time
 * after it. Writes of one item arrive in their order; writes of different items may overtake each other.
 */
final class LaggingIndex {

    private final IndexShape shape;
    private final Map<Value, NavigableMap<Place, Item>> partitions = new HashMap<>();
    private final Map<Key, Item> held = new HashMap<>();
    private final PriorityQueue<Pending> pending =
            new PriorityQueue<>(Comparator.comparing(Pending::visibleAt).thenComparing(Pending::sequence));
    private final Map<Key, Instant> lastVisible = new HashMap<>();
    private long sequence;

    LaggingIndex(IndexShape shape) {
        this.shape = shape;
    }

    /** The place of an item in its partition; items with one sort key stand in the order of their keys. */
    record Place(String sort, Key key) implements Comparable<Place> {

        private static final Comparator<Place> ORDER = Comparator.comparing(Place::sort, Utf8Order.INSTANCE)
                .thenComparing(place -> place.key().pk(), Utf8Order.INSTANCE)
                .thenComparing(place -> place.key().sk(), Utf8Order.INSTANCE);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** A write that the index does not know yet: the item as it is then, or nothing where it leaves the index. */
    private record Pending(Key key, Optional<Item> item, Instant visibleAt, long sequence) {}

    IndexShape shape() {
        return shape;
    }

    /** Notes a write, which a read sees from that time on. */
    void changed(Key key, Optional<Item> before, Optional<Item> after, Instant visibleAt) {
        Optional<Item> projected = after.filter(shape::holds).map(shape::projected);
        if (projected.isEmpty() && before.filter(shape::holds).isEmpty()) {
            return;
        }
        Instant earlier = lastVisible.getOrDefault(key, Instant.MIN);
        Instant at = visibleAt.isBefore(earlier) ? earlier : visibleAt;
        lastVisible.put(key, at);
        pending.add(new Pending(key, projected, at, sequence++));
    }

    /** A partition as the index knows it at a time. */
    NavigableMap<Place, Item> partition(Value value, Instant now) {
        while (!pending.isEmpty() && !pending.peek().visibleAt().isAfter(now)) {
            apply(pending.remove());
        }
        return partitions.getOrDefault(value, new TreeMap<>());
    }

    private void apply(Pending write) {
        Item before = held.remove(write.key());
        if (before != null) {
            partitions.get(shape.partition(before)).remove(new Place(shape.sort(before), write.key()));
        }
        write.item().ifPresent(item -> {
            held.put(write.key(), item);
            partitions
                    .computeIfAbsent(shape.partition(item), value -> new TreeMap<>())
                    .put(new Place(shape.sort(item), write.key()), item);
        });
        lastVisible.remove(write.key(), write.visibleAt());
    }
}
