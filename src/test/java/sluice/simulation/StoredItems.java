package sluice.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;

/** The items of a table by their keys, and when each expires. */
final class StoredItems {

    private final Map<String, NavigableMap<String, Item>> partitions = new HashMap<>();
    private final TreeMap<Long, Set<Key>> expiring = new TreeMap<>();

    Optional<Item> get(Key key) {
        NavigableMap<String, Item> partition = partitions.get(key.pk());
        return partition == null ? Optional.empty() : Optional.ofNullable(partition.get(key.sk()));
    }

    /** By sort key. */
    NavigableMap<String, Item> partition(String pk) {
        return partitions.getOrDefault(pk, new TreeMap<>());
    }

    /** Stores the item under its key in place of what is there; nothing removes what is there. */
    void replace(Key key, Optional<Item> item) {
        get(key).flatMap(StoredItems::end).ifPresent(end -> {
            expiring.get(end).remove(key);
            expiring.computeIfPresent(end, (second, keys) -> keys.isEmpty() ? null : keys);
        });
        if (item.isPresent()) {
            partitions
                    .computeIfAbsent(key.pk(), pk -> new TreeMap<>(Utf8Order.INSTANCE))
                    .put(key.sk(), item.get());
            end(item.get()).ifPresent(end -> expiring.computeIfAbsent(end, second -> new HashSet<>())
                    .add(key));
        } else {
            partitions.computeIfPresent(key.pk(), (pk, items) -> {
                items.remove(key.sk());
                return items.isEmpty() ? null : items;
            });
        }
    }

    /** Keys of the items whose time to live ended that long ago. */
    List<Key> expired(Instant now, Duration delay) {
        if (expiring.isEmpty()) {
            return List.of();
        }
        List<Key> keys = new ArrayList<>();
        expiring.headMap(now.minus(delay).getEpochSecond(), false).values().forEach(keys::addAll);
        return keys;
    }

    Stream<Item> all() {
        return partitions.values().stream().flatMap(items -> items.values().stream());
    }

    private static Optional<Long> end(Item item) {
        long end = item.number(StateTable.TTL, Long.MIN_VALUE);
        return end == Long.MIN_VALUE ? Optional.empty() : Optional.of(end);
    }
}
