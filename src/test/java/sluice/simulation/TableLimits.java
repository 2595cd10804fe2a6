package sluice.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateException;
import sluice.platform.state.Value;
import sluice.platform.state.Write;

/**
 * What DynamoDB does not take.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Quotas</a>
 */
final class TableLimits {

    static final int ITEM_BYTES = 400 * 1024;
    static final int PAGE_BYTES = 1024 * 1024;
    private static final int TRANSACTION_BYTES = 4 * 1024 * 1024;
    private static final int TRANSACTION_WRITES = 100;
    private static final int BATCH_KEYS = 100;
    private static final int PARTITION_KEY_BYTES = 2048;
    private static final int SORT_KEY_BYTES = 1024;

    private TableLimits() {}

    static void check(Key key) {
        checkKey(Key.PK, key.pk(), PARTITION_KEY_BYTES);
        checkKey(Key.SK, key.sk(), SORT_KEY_BYTES);
    }

    /** An item as it would be stored. */
    static void check(Item item, List<IndexShape> indexes) {
        checkRequest(item, indexes);
        for (IndexShape index : indexes) {
            checkType(item, index.partitionKey(), index.partitionType());
            checkType(item, index.sortKey(), Value.Text.class);
        }
    }

    /** What makes a whole request invalid, whatever else is in it. */
    static void checkRequest(Item item, List<IndexShape> indexes) {
        checkSize(item);
        check(Key.of(item));
        for (IndexShape index : indexes) {
            item.text(index.partitionKey()).ifPresent(key -> checkKey(index.partitionKey(), key, PARTITION_KEY_BYTES));
            item.text(index.sortKey()).ifPresent(key -> checkKey(index.sortKey(), key, SORT_KEY_BYTES));
        }
    }

    private static void checkSize(Item item) {
        if (ItemSize.of(item) > ITEM_BYTES) {
            throw new StateException(StateException.Code.ITEM_TOO_LARGE, "item size has exceeded the maximum");
        }
    }

    static void checkKeys(List<Key> keys) {
        if (keys.isEmpty() || keys.size() > BATCH_KEYS) {
            throw refused("a batch has 1 to " + BATCH_KEYS + " keys, not " + keys.size());
        }
        if (new HashSet<>(keys).size() < keys.size()) {
            throw refused("a batch names an item once");
        }
        keys.forEach(TableLimits::check);
    }

    static void check(List<Write> writes) {
        if (writes.isEmpty() || writes.size() > TRANSACTION_WRITES) {
            throw refused("a transaction has 1 to " + TRANSACTION_WRITES + " writes, not " + writes.size());
        }
        Set<Key> keys = new HashSet<>();
        for (Write write : writes) {
            check(write.key());
            if (!keys.add(write.key())) {
                throw refused("a transaction writes an item once: " + write.key());
            }
        }
    }

    /** All items of a transaction as they would be stored. */
    static void checkSum(List<Item> items) {
        if (items.stream().mapToLong(ItemSize::of).sum() > TRANSACTION_BYTES) {
            throw refused("the items of a transaction have more than 4 MB");
        }
    }

    static StateException refused(String message) {
        return new StateException(StateException.Code.REFUSED, message);
    }

    private static void checkType(Item item, String name, Class<? extends Value> type) {
        Value value = item.attributes().get(name);
        if (value != null && !type.isInstance(value)) {
            throw refused("type mismatch for index key " + name);
        }
    }

    private static void checkKey(String name, String value, int most) {
        int size = ItemSize.utf8(value);
        if (size == 0 || size > most) {
            throw refused("key " + name + " has 1 to " + most + " bytes, not " + size);
        }
    }
}
