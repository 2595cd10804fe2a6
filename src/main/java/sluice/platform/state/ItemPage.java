package sluice.platform.state;

import java.util.List;

/**
 * One page of the answer to a query.
 *
 * @param items in the order of the query; a page may have none and not be the last
 * @param next where the next page begins, or null at the end
 */
public record ItemPage(List<Item> items, Query.Position next) {

    public ItemPage {
        items = List.copyOf(items);
    }
}
