package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Iterator;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.simulation.InMemoryStateTable;

/** Reads all items of a table in pages, in the order of their keys; DynamoDB promises none. Only tests and people scan. */
final class Scan {

    /** Each page walks the whole table, so pages are large. */
    private static final int PAGE = 5_000;

    private static final Comparator<Key> ORDER = Comparator.comparing(Key::pk).thenComparing(Key::sk);

    private Scan() {}

    /** @param start the key to begin after, or nothing */
    static ObjectNode page(InMemoryStateTable table, JsonNode start) {
        Key after = start.isMissingNode() ? null : JsonItems.key(start);
        Iterator<Item> items = table.items()
                .filter(item -> after == null || ORDER.compare(Key.of(item), after) > 0)
                .sorted(Comparator.comparing(Key::of, ORDER))
                .iterator();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode page = answer.putArray("Items");
        while (items.hasNext() && page.size() < PAGE) {
            Item item = items.next();
            page.add(JsonItems.json(item));
            if (page.size() == PAGE) {
                answer.set("LastEvaluatedKey", JsonItems.json(Key.of(item)));
            }
        }
        return answer.put("Count", page.size()).put("ScannedCount", page.size());
    }
}
