package sluice.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A JSON value for a definition, every field filled as its schema says, as plain as possible. */
final class Samples {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 6;

    private static final Map<String, JsonNode> COMMON = Map.ofEntries(
            Map.entry("int", JSON.numberNode(1)),
            Map.entry("long", JSON.numberNode(1)),
            Map.entry("number", JSON.numberNode(1)),
            Map.entry("boolean", JSON.booleanNode(true)),
            Map.entry("text", JSON.textNode("x")),
            Map.entry("identifier", JSON.textNode("x")),
            Map.entry("uri", JSON.textNode("http://x/y")),
            Map.entry("interval", JSON.textNode("2024-01-01/2024-01-02")),
            Map.entry("dateTime", JSON.textNode("2024-01-01T00:00:00Z")),
            Map.entry("period", JSON.textNode("PT1M")),
            Map.entry("duration", JSON.textNode("PT10S")),
            Map.entry("granularity", JSON.textNode("DAY")),
            Map.entry("timeZone", JSON.textNode("UTC")),
            Map.entry("bytes", JSON.numberNode(1024)),
            Map.entry("stringComparator", JSON.textNode("numeric")));

    /** The plainest type of classes that have many. */
    private static final Map<String, String> PLAINEST = Map.of(
            "DimFilter", "SelectorDimFilter",
            "AggregatorFactory", "CountAggregatorFactory",
            "InputSource", "InlineInputSource",
            "InputFormat", "JsonInputFormat",
            "DimensionSchema", "StringDimensionSchema",
            "DimensionSpec", "DefaultDimensionSpec",
            "ExtractionFn", "LowerExtractionFn",
            "PartitionsSpec", "DynamicPartitionsSpec",
            "Task", "NoopTask");

    private final Map<String, ObjectNode> definitions;

    Samples(Map<String, ObjectNode> definitions) {
        this.definitions = definitions;
    }

    ObjectNode of(String name) {
        return object(definitions.get(name), 0);
    }

    private ObjectNode object(ObjectNode schema, int depth) {
        ObjectNode sample = JSON.objectNode();
        for (Map.Entry<String, JsonNode> property : Overlay.fields(schema.path("properties"))) {
            if (!property.getValue().has("readOnly")
                    && !property.getValue().path("deprecated").asBoolean()) {
                JsonNode value = value(property.getValue(), depth + 1);
                if (value != null) {
                    sample.set(property.getKey(), value);
                }
            }
        }
        return sample;
    }

    /** Null where nothing fits, or where the way is too deep. */
    private JsonNode value(JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            return named(schema.get("$ref").asText().substring(1), depth);
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        String kind = schema.path("type").isArray()
                ? schema.path("type").get(0).asText()
                : schema.path("type").asText();
        return switch (kind) {
            case "array" -> {
                JsonNode entry = value(schema.path("items"), depth);
                yield entry == null ? JSON.arrayNode() : JSON.arrayNode().add(entry);
            }
            case "object" -> JSON.objectNode();
            case "string" -> JSON.textNode("x");
            case "boolean" -> JSON.booleanNode(true);
            case "integer", "number" -> JSON.numberNode(1);
            default -> null;
        };
    }

    private JsonNode named(String name, int depth) {
        if (COMMON.containsKey(name)) {
            return COMMON.get(name);
        }
        ObjectNode schema = definitions.get(name);
        if (schema == null || depth > DEEPEST) {
            return null;
        }
        if (schema.has("allOf")) {
            String plainest = PLAINEST.get(name);
            return named(
                    plainest != null && definitions.containsKey(plainest)
                            ? plainest
                            : schema.path("allOf")
                                    .get(0)
                                    .path("then")
                                    .path("$ref")
                                    .asText()
                                    .substring(1),
                    depth + 1);
        }
        if (schema.has("properties")) {
            ObjectNode sample = object(schema, depth);
            return depth > 2 ? onlyRequired(sample, schema) : sample;
        }
        return value(schema, depth + 1);
    }

    /** Deep inside only what is needed: every further field is a further chance to contradict another. */
    private static ObjectNode onlyRequired(ObjectNode sample, ObjectNode schema) {
        ObjectNode least = JSON.objectNode();
        schema.path("required").forEach(field -> {
            if (sample.has(field.asText())) {
                least.set(field.asText(), sample.get(field.asText()));
            }
        });
        if (sample.has("type")) {
            least.set("type", sample.get("type"));
        }
        for (String field : new String[] {"name", "fieldName", "dimension", "value", "data", "expression"}) {
            if (sample.has(field)) {
                least.set(field, sample.get(field));
            }
        }
        return least;
    }
}
