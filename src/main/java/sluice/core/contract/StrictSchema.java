package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rewrites a schema so that validators in strict mode take it: one type for each place, and a type beside each keyword that
 * only means something for one. It accepts the same documents as before.
 *
 * @see <a href="https://ajv.js.org/strict-mode.html">ajv's strict mode</a>
 */
final class StrictSchema {

    private static final Set<String> OF_NUMBERS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    private static final Set<String> OF_STRINGS = Set.of("minLength", "maxLength", "pattern", "format");
    private static final Map<String, Set<String>> KEYWORDS = Map.of(
            "number", OF_NUMBERS,
            "integer", OF_NUMBERS,
            "string", OF_STRINGS,
            "array", Set.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
            "object",
                    Set.of(
                            "properties",
                            "required",
                            "additionalProperties",
                            "patternProperties",
                            "propertyNames",
                            "minProperties",
                            "maxProperties",
                            "dependentRequired"));
    /** Their values are documents, and no schemas. */
    private static final Set<String> DATA = Set.of("const", "default", "enum", "examples");

    private StrictSchema() {}

    /** Rewrites a schema and all that are in it, in place. */
    static void rewrite(JsonNode node) {
        if (node instanceof ObjectNode schema) {
            schema.properties().stream()
                    .filter(member ->
                            !DATA.contains(member.getKey()) || member.getValue().isObject())
                    .forEach(member -> rewrite(member.getValue()));
            if (isUnion(schema.path("type"))) {
                choose(schema);
            } else if (schema.path("type").isMissingNode()
                    || schema.path("type").isObject()) {
                guard(schema, "number");
                guard(schema, "string");
            }
        } else {
            node.forEach(StrictSchema::rewrite);
        }
    }

    /** Strict mode takes {@code [a, "null"]}. */
    private static boolean isUnion(JsonNode type) {
        int others = 0;
        for (JsonNode name : type) {
            others += type.isArray() && !name.asText().equals("null") ? 1 : 0;
        }
        return others > 1;
    }

    /** {@code {type: [a, b], minimum: 1}} becomes {@code {anyOf: [{type: a, minimum: 1}, {type: b}]}}. */
    private static void choose(ObjectNode schema) {
        ArrayNode alternatives = schema.arrayNode();
        Set<String> moved = new HashSet<>(Set.of("type"));
        for (JsonNode type : schema.path("type")) {
            ObjectNode alternative = alternatives.addObject().put("type", type.asText());
            for (String keyword : KEYWORDS.getOrDefault(type.asText(), Set.of()).stream()
                    .sorted()
                    .toList()) {
                if (schema.has(keyword)) {
                    alternative.set(keyword, schema.path(keyword));
                    moved.add(keyword);
                }
            }
        }
        schema.remove(moved);
        if (schema.has("anyOf")) {
            all(schema).addObject().set("anyOf", alternatives);
        } else {
            schema.set("anyOf", alternatives);
        }
    }

    /** {@code {minimum: 1}} becomes {@code {allOf: [{if: {type: number}, then: {type: number, minimum: 1}}]}}. */
    private static void guard(ObjectNode schema, String type) {
        List<String> keywords = scalars(schema, KEYWORDS.getOrDefault(type, Set.of()));
        if (keywords.isEmpty()) {
            return;
        }
        ObjectNode then = schema.objectNode().put("type", type);
        keywords.forEach(keyword -> then.set(keyword, schema.path(keyword)));
        schema.remove(keywords);
        ObjectNode guarded = all(schema).addObject();
        guarded.putObject("if").put("type", type);
        guarded.set("then", then);
    }

    /** A member of {@code properties} may have the name of such a keyword, but its value is a schema. */
    private static List<String> scalars(ObjectNode schema, Set<String> keywords) {
        return keywords.stream()
                .sorted()
                .filter(keyword -> schema.path(keyword).isValueNode())
                .toList();
    }

    private static ArrayNode all(ObjectNode schema) {
        return schema.path("allOf") instanceof ArrayNode given ? given : schema.putArray("allOf");
    }
}
