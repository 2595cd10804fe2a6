package sluice.platform.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The table that holds all state: items by key, an index of due items, and an index of runs. Reads by key are strongly
 * consistent, because a decision on stale state could run a task twice. Reads of an index are eventually consistent.
 *
 * <p>Any call can throw a {@link StateException}.
 */
public interface StateTable {

    /** Partition of the due index. Only due items have both attributes, so the index costs what is due. */
    String DUE_SHARD = "dueShard";

    /** Sort key of the due index. */
    String DUE_AT = "dueAt";

    /** Epoch second after which the table may remove the item. */
    String TTL = "ttl";

    /** Number of partitions of each lane of the due index; a partition takes 1,000 write units a second. */
    int DUE_SHARDS = 16;

    /** Keys that one call of {@link #getAll} takes at most. */
    int MOST_KEYS = 100;

    /** Writes that one transaction takes at most. */
    int MOST_WRITES = 100;

    /** Items that a page of {@link #nextDue} has at most. */
    int GLANCE = 25;

    /** Two parts of the due index: a backlog in one does not stand before what is due in the other. */
    enum DueLane {
        /** Runs, events and everything else that has begun. */
        STEPS,
        /** Time chunks that wait to begin, or to be compacted: a backfill makes tens of thousands due at once. */
        BACKLOG;

        /**
         * The partition of the due index that holds an item. The low bits of the hash codes of dates are much alike, so all
         * bits count.
         */
        long shard(String spreadBy) {
            return first() + Math.floorMod((spreadBy.hashCode() * 0x9E3779B9) >>> 16, DUE_SHARDS);
        }

        /** The lane's first partition. The others follow it. */
        public long first() {
            return (long) ordinal() * DUE_SHARDS;
        }
    }

    Optional<Item> get(Key key);

    /**
     * Reads several items at once, each strongly consistent.
     *
     * @param keys 1 to {@link #MOST_KEYS}, all different
     * @return those that exist, in no order
     */
    List<Item> getAll(List<Key> keys);

    /** Stores the item and replaces what is there. */
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
     * @param writes 1 to {@link #MOST_WRITES}, of different items
     * @throws TransactionCancelledException when a condition failed or another write was under way
     */
    void transact(List<Write> writes);

    /** Reads one page. */
    ItemPage query(Query query);

    /** Reads all pages. */
    default List<Item> all(Query query) {
        return first(query, Integer.MAX_VALUE);
    }

    /** Reads pages until there are {@code most} items, or no more. */
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
     * Returns the items that are due, the oldest first. If a lane has more than {@code most}, all its partitions give equal
     * shares; of the backlog half of them are the oldest and half the newest, so neither waits for the other.
     *
     * @param most of each lane
     */
    List<Item> due(Instant until, int most);

    /**
     * Looks whether anything is or becomes due by a time, and about when. It reads pages of {@link #GLANCE} items until one has what
     * is wanted, so its cost does not grow with what is due.
     */
    NextDue nextDue(Instant until, Predicate<Item> wanted);
}
