package sluice.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Value;

/**
 * Keys and attributes of an index, as {@code infra/sandbox/table.json} has them.
 *
 * @param name of the index
 * @param partitionKey attribute
 * @param partitionType its type
 * @param sortKey attribute, a text
 * @param projected names of the attributes besides the keys; none for all of them
 */
record IndexShape(
        String name, String partitionKey, Class<? extends Value> partitionType, String sortKey, Set<String> projected) {

    static final IndexShape DUE = new IndexShape("due", "dueShard", Value.Number.class, "dueAt", Set.of());

    static final IndexShape RUNS = new IndexShape(
            "runs", "datasource", Value.Text.class, "createdAt", Set.of("state", "cluster", "kind", "definitionHash"));

    boolean holds(Item item) {
        return item.attributes().containsKey(partitionKey) && item.attributes().containsKey(sortKey);
    }

    Value partition(Item item) {
        return item.attributes().get(partitionKey);
    }

    String sort(Item item) {
        return item.text(sortKey).orElseThrow();
    }

    Item projected(Item item) {
        if (projected.isEmpty()) {
            return item;
        }
        Map<String, Value> attributes = new HashMap<>(item.attributes());
        Set<String> keys = Set.of(Key.PK, Key.SK, partitionKey, sortKey);
        attributes.keySet().removeIf(name -> !projected.contains(name) && !keys.contains(name));
        return new Item(attributes);
    }
}
