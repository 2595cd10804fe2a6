package sluice.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import sluice.platform.state.Item;
import sluice.platform.state.ItemPage;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.Query.Position;
import sluice.platform.state.Query.Range;

/** Reads one page of a query. A page ends with the limit, or with the item that makes it 1 MB or more. */
final class PageReader {

    private PageReader() {}

    /**
     * Reads a page.
     *
     * @param items of the partition, in ascending order
     * @param place of a position among them
     * @param sort the sort key of a place
     */
    static <P> ItemPage read(
            NavigableMap<P, Item> items, Query query, Function<Position, P> place, Function<P, String> sort) {
        NavigableMap<P, Item> ordered = query.descending() ? items.descendingMap() : items;
        if (query.after() != null) {
            if (!isIn(query.range(), query.after().sort())
                    || isEnd(query, query.after().sort())) {
                throw TableLimits.refused("the place to begin after is outside of the query");
            }
            ordered = ordered.tailMap(place.apply(query.after()), false);
        }
        List<Item> page = new ArrayList<>();
        int size = 0;
        for (Map.Entry<P, Item> entry : ordered.entrySet()) {
            String sortKey = sort.apply(entry.getKey());
            if (isIn(query.range(), sortKey)) {
                page.add(entry.getValue());
                size += ItemSize.of(entry.getValue());
                if (isEnd(query, sortKey)) {
                    return new ItemPage(page, null);
                } else if (page.size() == query.limit() || size >= TableLimits.PAGE_BYTES) {
                    return new ItemPage(page, new Position(Key.of(entry.getValue()), sortKey));
                }
            }
        }
        return new ItemPage(page, null);
    }

    /** The places up to a sort key. */
    static NavigableMap<LaggingIndex.Place, Item> until(NavigableMap<LaggingIndex.Place, Item> items, String last) {
        NavigableMap<LaggingIndex.Place, Item> until = new TreeMap<>();
        for (Map.Entry<LaggingIndex.Place, Item> entry : items.entrySet()) {
            if (Utf8Order.INSTANCE.compare(entry.getKey().sort(), last) > 0) {
                break;
            }
            until.put(entry.getKey(), entry.getValue());
        }
        return until;
    }

    /** Reads a page of all that is given. */
    static ItemPage first(NavigableMap<LaggingIndex.Place, Item> items, int most) {
        if (most < 1) {
            throw TableLimits.refused("a page has at least one item");
        }
        List<Item> page = new ArrayList<>();
        int size = 0;
        for (Map.Entry<LaggingIndex.Place, Item> entry : items.entrySet()) {
            LaggingIndex.Place place = entry.getKey();
            page.add(entry.getValue());
            size += ItemSize.of(entry.getValue());
            if (page.size() == most || size >= TableLimits.PAGE_BYTES) {
                return new ItemPage(page, new Position(place.key(), place.sort()));
            }
        }
        return new ItemPage(page, null);
    }

    /** In the table, where sort keys are unique, nothing follows the key at which the range ends. */
    private static boolean isEnd(Query query, String sortKey) {
        if (query.index() != Query.Index.TABLE) {
            return false;
        } else if (query.range() instanceof Range.Between between) {
            return sortKey.equals(query.descending() ? between.first() : between.last());
        }
        return query.range() instanceof Range.From from && query.descending() && sortKey.equals(from.first());
    }

    private static boolean isIn(Range range, String sortKey) {
        if (range instanceof Range.Prefix prefix) {
            return sortKey.startsWith(prefix.prefix());
        } else if (range instanceof Range.Between between) {
            return Utf8Order.INSTANCE.compare(between.first(), sortKey) <= 0
                    && Utf8Order.INSTANCE.compare(sortKey, between.last()) <= 0;
        } else if (range instanceof Range.From from) {
            return Utf8Order.INSTANCE.compare(from.first(), sortKey) <= 0;
        }
        return range instanceof Range.Everything;
    }
}
