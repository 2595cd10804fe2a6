package sluice.platform.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to read from one partition of the table, or of its index of runs. Each method returns the query with one thing
 * changed.
 *
 * @param index where to read; reads of the table are strongly consistent, reads of an index are eventually consistent
 * @param partition value of the partition key
 * @param range sort keys to read
 * @param descending whether the highest sort key comes first
 * @param limit maximum items of a page; a page also ends at 1 MB
 * @param after the position after which the page begins; null for the first page
 */
public record Query(
        Index index, String partition, Range range, boolean descending, int limit, @Nullable Position after) {

    /** A page holds up to 1 MB. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Where a query reads. */
    public enum Index {
        /** All items by their key. */
        TABLE(Key.PK, Key.SK),
        /** A few attributes of each run, by datasource and creation time. */
        RUNS("datasource", "createdAt");

        private final String partitionKey;
        private final String sortKey;

        Index(String partitionKey, String sortKey) {
            this.partitionKey = partitionKey;
            this.sortKey = sortKey;
        }

        public String partitionKey() {
            return partitionKey;
        }

        public String sortKey() {
            return sortKey;
        }
    }

    /** Which sort keys to read. */
    public sealed interface Range {

        /** All of them. */
        record Everything() implements Range {}

        /** Sort keys with this prefix. */
        record Prefix(String prefix) implements Range {}

        /** Sort keys from the first to the last, both inclusive. */
        record Between(String first, String last) implements Range {}

        /** Sort keys from the first on, inclusive. */
        record From(String first) implements Range {}
    }

    /**
     * The position of an item in the order of a query.
     *
     * @param key of the item
     * @param sort its sort key in the index that is read; in the table, the sort key of the key
     */
    public record Position(Key key, String sort) {}

    public Query {
        if (limit < 1) {
            throw new IllegalArgumentException("A page has at least one item, not " + limit);
        }
    }

    /** All items of a partition of the table. */
    public static Query partition(String pk) {
        return new Query(Index.TABLE, pk, new Range.Everything(), false, NO_LIMIT, null);
    }

    /** The runs of a datasource that were planned at a time or later, the newest first. */
    public static Query runs(String datasource, Instant since) {
        return new Query(Index.RUNS, datasource, new Range.From(Times.text(since)), true, NO_LIMIT, null);
    }

    public Query startingWith(String prefix) {
        return new Query(index, partition, new Range.Prefix(prefix), descending, limit, after);
    }

    public Query between(String first, String last) {
        return new Query(index, partition, new Range.Between(first, last), descending, limit, after);
    }

    /** The highest sort key first. */
    public Query highestFirst() {
        return new Query(index, partition, range, true, limit, after);
    }

    /** Limits the items of a page. */
    public Query limit(int most) {
        return new Query(index, partition, range, descending, most, after);
    }

    /** Begins after a position; null begins at the first item. */
    public Query after(@Nullable Position position) {
        return new Query(index, partition, range, descending, limit, position);
    }
}
