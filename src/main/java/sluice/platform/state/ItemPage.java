package sluice.platform.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the answer to a query.
 *
 * @param items in the order of the query; a page may be empty without being the last
 * @param next where the next page begins; null on the last page
 */
public record ItemPage(List<Item> items, Query.@Nullable Position next) {

    public ItemPage {
        items = List.copyOf(items);
    }
}
