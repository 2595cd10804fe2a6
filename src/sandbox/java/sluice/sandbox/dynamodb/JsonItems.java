package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Value;

/** Items and values in DynamoDB's JSON, such as {@code {"pk": {"S": "run#1"}, "version": {"N": "3"}}}. */
final class JsonItems {

    private JsonItems() {}

    /** @throws DynamoDbException if an attribute has a type that the table does not store */
    static Item item(JsonNode json) {
        Map<String, Value> attributes = new HashMap<>();
        json.properties().forEach(attribute -> attributes.put(attribute.getKey(), value(attribute.getValue())));
        return new Item(attributes);
    }

    static Key key(JsonNode json) {
        if (json.size() != 2
                || !json.path(Key.PK).has("S")
                || !json.path(Key.SK).has("S")) {
            throw DynamoDbException.invalid("The provided key element does not match the schema");
        }
        return new Key(
                json.path(Key.PK).path("S").asText(),
                json.path(Key.SK).path("S").asText());
    }

    static Value value(JsonNode json) {
        if (json.has("S")) {
            return Value.of(json.path("S").asText());
        } else if (json.has("N")) {
            return Value.of(number(json.path("N").asText()));
        } else if (json.has("SS")) {
            return texts(json.path("SS"));
        } else if (json.has("B")) {
            return new Value.Bytes(Base64.getDecoder().decode(json.path("B").asText()));
        }
        throw DynamoDbException.invalid("This table stores the types S, N, SS and B only, not " + json);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException exception) {
            throw DynamoDbException.invalid("This table stores whole numbers of 64 bits only, not " + text);
        }
    }

    private static Value texts(JsonNode json) {
        Set<String> texts = new HashSet<>();
        json.forEach(text -> texts.add(text.asText()));
        if (texts.isEmpty()) {
            throw DynamoDbException.invalid("An string set  may not be empty");
        } else if (texts.size() < json.size()) {
            throw DynamoDbException.invalid("Input collection " + json + " contains duplicates.");
        }
        return Value.of(texts);
    }

    static ObjectNode json(Item item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        item.attributes().forEach((name, value) -> json.set(name, json(value)));
        return json;
    }

    static ObjectNode json(Key key) {
        return json(new Item(key.attributes()));
    }

    static ObjectNode json(Value value) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (value instanceof Value.Text text) {
            json.put("S", text.text());
        } else if (value instanceof Value.Number number) {
            json.put("N", Long.toString(number.number()));
        } else if (value instanceof Value.Texts texts) {
            ArrayNode set = json.putArray("SS");
            texts.texts().stream().sorted().forEach(set::add);
        } else if (value instanceof Value.Bytes bytes) {
            json.put("B", bytes.bytes());
        }
        return json;
    }
}
