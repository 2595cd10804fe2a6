package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Types of Druid extensions that the contract does not know, as their users declare them: by kind, each with a JSON
 * Schema of its fields or {@code anything}.
 *
 * <pre>{@code
 * transform:
 *   currentTimestamp: anything
 * inputFormat:
 *   fixedWidth:
 *     properties: {widths: {type: array, items: {type: integer}}}
 *     required: [widths]
 *     additionalProperties: false
 * }</pre>
 *
 * A kind may also have one name, or a list of names; these types take anything.
 */
public final class ExtensionTypes {
    static final ExtensionTypes NONE = new ExtensionTypes(Map.of());

    private static final String ANYTHING = "anything";
    private static final Map<String, String> KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry("aggregator", "AggregatorFactory"),
            Map.entry("dimension", "DimensionSchema"),
            Map.entry("dimensionSpec", "DimensionSpec"),
            Map.entry("extractionFn", "ExtractionFn"),
            Map.entry("filter", "DimFilter"),
            Map.entry("inputFormat", "InputFormat"),
            Map.entry("inputSource", "InputSource"),
            Map.entry("partitionsSpec", "PartitionsSpec"),
            Map.entry("rule", "Rule"),
            Map.entry("splitHintSpec", "SplitHintSpec"),
            Map.entry("supervisor", "SupervisorSpec"),
            Map.entry("task", "Task"),
            Map.entry("transform", "Transform"),
            Map.entry("virtualColumn", "VirtualColumn")));

    /** What the schemas of the contract understand. */
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "description",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "minItems",
            "enum",
            "const",
            "pattern",
            "minLength",
            "minimum",
            "exclusiveMinimum",
            "maximum");

    private final Map<String, Map<String, JsonNode>> byDefinition;

    private ExtensionTypes(Map<String, Map<String, JsonNode>> byDefinition) {
        this.byDefinition = byDefinition;
    }

    /** Returns true if no type is declared. */
    boolean isEmpty() {
        return byDefinition.isEmpty();
    }

    /**
     * Reads declarations; of several documents, the types of all count.
     *
     * @throws IllegalArgumentException if a document is not a declaration; the message names the place
     */
    public static ExtensionTypes of(List<JsonNode> documents) {
        Map<String, Map<String, JsonNode>> types = new HashMap<>();
        for (JsonNode document : documents) {
            if (!document.isObject()) {
                throw new IllegalArgumentException("types are declared by kind, as {\"transform\": \"myTransform\"}");
            }
            document.properties().forEach(kind -> {
                String definition = KINDS.get(kind.getKey());
                if (definition == null) {
                    throw new IllegalArgumentException(
                            "there is no kind '" + kind.getKey() + "'; known are " + String.join(", ", KINDS.keySet()));
                }
                add(kind.getKey(), kind.getValue(), types.computeIfAbsent(definition, first -> new LinkedHashMap<>()));
            });
        }
        return new ExtensionTypes(types);
    }

    private static void add(String kind, JsonNode declared, Map<String, JsonNode> types) {
        if (declared.isTextual()) {
            types.put(declared.textValue(), open());
        } else if (declared.isArray()) {
            declared.forEach(name -> add(kind, name, types));
        } else if (declared.isObject()) {
            declared.properties().forEach(type -> types.put(type.getKey(), schema(kind, type)));
        } else {
            throw new IllegalArgumentException(
                    kind + " must be a name, a list of names, or an object with a schema each");
        }
    }

    private static JsonNode schema(String kind, Map.Entry<String, JsonNode> type) {
        String place = kind + "/" + type.getKey();
        if (type.getValue().asText().equals(ANYTHING)) {
            return open();
        }
        if (!(type.getValue() instanceof ObjectNode given)) {
            throw new IllegalArgumentException(place + " must be 'anything' or a JSON Schema");
        }
        supported(place, given);
        ObjectNode schema = given.deepCopy();
        schema.put("type", "object");
        schema.withObject("/properties").putObject("type").putArray("enum").add(type.getKey());
        return schema;
    }

    private static void supported(String place, JsonNode schema) {
        if (schema.isBoolean()) {
            return;
        }
        if (!schema.isObject()) {
            throw new IllegalArgumentException(place + " must be a JSON Schema, which is an object or a boolean");
        }
        schema.properties().forEach(keyword -> {
            if (!KEYWORDS.contains(keyword.getKey())) {
                throw new IllegalArgumentException(place + ": the keyword '" + keyword.getKey()
                        + "' is not supported; known are " + String.join(", ", new TreeSet<>(KEYWORDS)));
            }
            if (!takes(keyword.getKey(), keyword.getValue())) {
                throw new IllegalArgumentException(place + ": the keyword '" + keyword.getKey() + "' has the value "
                        + keyword.getValue() + ", which it cannot have");
            }
        });
        schema.path("properties")
                .properties()
                .forEach(property -> supported(place + "/" + property.getKey(), property.getValue()));
        for (String inner : List.of("items", "additionalProperties")) {
            if (schema.has(inner)) {
                supported(place + "/" + inner, schema.get(inner));
            }
        }
    }

    /** Returns true if a keyword of JSON Schema may have such a value. */
    private static boolean takes(String keyword, JsonNode value) {
        return switch (keyword) {
            case "properties" -> value.isObject();
            case "required", "enum" -> value.isArray();
            case "type" -> value.isTextual() || value.isArray();
            case "description" -> value.isTextual();
            case "pattern" -> value.isTextual() && isPattern(value.textValue());
            case "minItems", "minLength" -> value.canConvertToInt();
            case "minimum", "exclusiveMinimum", "maximum" -> value.isNumber();
            default -> true;
        };
    }

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException malformed) {
            return false;
        }
    }

    private static ObjectNode open() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("additionalProperties");
        return schema;
    }

    /** Returns the word that declares types of a kind; null if types of that kind cannot be declared. */
    static @Nullable String kindOf(String definition) {
        return KINDS.entrySet().stream()
                .filter(kind -> kind.getValue().equals(definition))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Returns the schemas of the types that were declared for a definition of Druid's schemas, by type name. */
    Map<String, JsonNode> of(String definition) {
        return byDefinition.getOrDefault(definition, Collections.emptyMap());
    }
}
