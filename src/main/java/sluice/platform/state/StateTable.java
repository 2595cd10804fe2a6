package sluice.platform.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table that holds all state: items by key, an index of what is due, and an index of runs. Reads by key are
 * consistent: a decision on stale state is the start of a task that runs twice. The indexes follow the table within a
 * moment.
 *
 * <p>Any call can throw a {@link StateException}.
 */
public interface StateTable {

    /** Partition of the due index. Only items that want attention have both attributes, so it costs what is due. */
    String DUE_SHARD = "dueShard";

    /** Sort key of the due index. */
    String DUE_AT = "dueAt";

    /** Epoch second after which the table may remove the item. */
    String TTL = "ttl";

    /** Items are spread over this many partitions of the due index; each takes 1,000 write units a second. */
    int DUE_SHARDS = 16;

    Optional<Item> get(Key key);

    /** Stores the item in place of what is there. */
    void put(Item item);

    /** Stores the item if the condition holds; returns true if it did. */
    boolean putIf(Item item, Condition condition);

    /** Changes the item, which need not exist, if the condition holds; returns it as it is then. */
    Optional<Item> updateIf(Key key, Changes changes, Condition condition);

    /** Removes the item, if it is there. */
    void remove(Key key);

    /**
     * Makes all writes or none, each if its condition holds.
     *
     * @param writes 1 to 100, of different items
     * @throws TransactionCancelledException when a condition failed or another write was under way
     */
    void transact(List<Write> writes);

    /** Reads one page. */
    ItemPage query(Query query);

    /** Reads all pages. */
    default List<Item> all(Query query) {
        return first(query, Integer.MAX_VALUE);
    }

    /** Reads pages until there are as many items as asked for, or no more. */
    default List<Item> first(Query query, int most) {
        List<Item> items = new ArrayList<>();
        Query.Position next = query.after();
        do {
            ItemPage page = query(query.after(next));
            items.addAll(page.items());
            next = page.next();
        } while (next != null && items.size() < most);
        return List.copyOf(items.subList(0, Math.min(most, items.size())));
    }

    /**
     * Items that were due by now, the oldest first. Where there are more than are asked for, which of them come depends on
     * their shards; the others stay due.
     */
    List<Item> due(Instant now, int most);

    /** The partition of the due index in which an item lies. */
    static int shard(String spreadBy) {
        return Math.floorMod(spreadBy.hashCode(), DUE_SHARDS);
    }
}
