package sluice.platform.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Shortens the data of an event that is too large for the bus: long texts and long lists lose their ends. Everything that
 * identifies the fact is short and stays; the state table has the rest.
 */
final class ShortenedEvent {

    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_LIST = 50;
    private static final String ELLIPSIS = "...";

    private ShortenedEvent() {}

    static CloudEvent of(CloudEvent event) {
        return new CloudEvent(
                event.specversion(),
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                event.datacontenttype(),
                event.dataschema(),
                shortened(event.data()));
    }

    private static JsonNode shortened(JsonNode node) {
        if (node.isTextual() && node.textValue().length() > LONGEST_TEXT) {
            return JsonNodeFactory.instance.textNode(node.textValue().substring(0, LONGEST_TEXT) + ELLIPSIS);
        }
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (int index = 0; index < Math.min(LONGEST_LIST, node.size()); index++) {
                list.add(shortened(node.get(index)));
            }
            return list;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> object.set(field.getKey(), shortened(field.getValue())));
            return object;
        }
        return node;
    }
}
