package sluice.platform.state;

import java.time.Instant;

/**
 * What to read from one partition of the table, or of its index of runs. Each method returns the query with one thing
 * changed.
 *
 * @param index where to read; the table is read consistently, an index follows the table within a moment
 * @param partition value of the partition key
 * @param range which sort keys
 * @param descending whether the highest sort key comes first
 * @param limit the most items of a page; a page of 1 MB ends earlier
 * @param after the place after which to begin, or null
 */
public record Query(Index index, String partition, Range range, boolean descending, int limit, Position after) {

    /** A page has what 1 MB holds. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Where a query reads. */
    public enum Index {
        /** All items by their key. */
        TABLE(Key.PK, Key.SK),
        /** A few attributes of each run, by datasource and the time of its making. */
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

        /** Those that begin so. */
        record Prefix(String prefix) implements Range {}

        /** Those from the first to the last, both included. */
        record Between(String first, String last) implements Range {}

        /** Those from the first on, included. */
        record From(String first) implements Range {}
    }

    /**
     * The place of an item in the order of a query.
     *
     * @param key of the item
     * @param sort its sort key in the index that is read; in the table, the sort key of the key
     */
    public record Position(Key key, String sort) {}

    public Query {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one item, not " + limit);
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

    /** No more items in a page than this. */
    public Query limit(int most) {
        return new Query(index, partition, range, descending, most, after);
    }

    /** Begins after a place; null begins at the first item. */
    public Query after(Position position) {
        return new Query(index, partition, range, descending, limit, position);
    }
}
