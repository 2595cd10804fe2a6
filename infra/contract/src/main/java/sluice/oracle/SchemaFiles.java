package sluice.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts each definition into the file of its concept, with the overlay merged in and keys in a fixed order. */
final class SchemaFiles {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> ORDER = List.of(
            "$schema",
            "title",
            "description",
            "x-page",
            "$ref",
            "deprecated",
            "readOnly",
            "x-extension",
            "x-documented",
            "type",
            "const",
            "enum",
            "pattern",
            "minLength",
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "default",
            "examples",
            "items",
            "minItems",
            "properties",
            "required",
            "additionalProperties",
            "allOf",
            "not",
            "if",
            "then",
            "$defs");

    private final String version;
    private final Overlay overlay;

    SchemaFiles(String version, Overlay overlay) {
        this.version = version;
        this.overlay = overlay;
    }

    Map<String, ObjectNode> of(Definitions definitions) {
        Map<String, ObjectNode> byName = new TreeMap<>();
        definitions.byName().forEach((name, schema) -> byName.put(name, typed(name, schema, definitions)));
        Probe probe = definitions.probe(byName);
        byName.entrySet().stream()
                .filter(entry -> !overlay.has("untried", entry.getKey()))
                .forEach(entry -> probe.complete(entry.getKey(), definitions.typeOf(entry.getKey()), entry.getValue()));
        byName.forEach(this::complete);
        overlay.definitionNames().stream()
                .filter(name -> !byName.containsKey(name))
                .forEach(name -> {
                    throw new IllegalStateException("the overlay speaks of " + name + ", which Druid does not have");
                });
        Overlay.fields(overlay.common())
                .forEach(entry -> byName.put(entry.getKey(), entry.getValue().deepCopy()));
        byName.values().forEach(schema -> narrow(schema, byName));

        Map<String, String> fileOf = new TreeMap<>();
        byName.keySet().forEach(name -> fileOf.put(name, fileOf(name, definitions)));
        Map<String, ObjectNode> files = new TreeMap<>();
        byName.forEach((name, schema) -> {
            String file = fileOf.get(name);
            link(schema, file, fileOf);
            ObjectNode content = files.computeIfAbsent(file, this::emptyFile);
            ((ObjectNode) content.get("$defs")).set(name, ordered(schema));
        });
        files.replaceAll((name, content) -> (ObjectNode) ordered(content));
        return files;
    }

    private ObjectNode emptyFile(String name) {
        ObjectNode content = JSON.objectNode();
        content.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        Overlay.merge(
                content, overlay.object("documents").path(name) instanceof ObjectNode head ? head : JSON.objectNode());
        content.put(
                "title",
                "Apache Druid " + version + ": " + content.path("title").asText(name));
        content.putObject("$defs");
        return content;
    }

    private static ObjectNode typed(String name, ObjectNode derived, Definitions definitions) {
        ObjectNode schema = derived.deepCopy();
        Set<String> typeNames = definitions.typeNames().get(name);
        if (typeNames != null && schema.path("properties").isObject()) {
            ObjectNode properties = JSON.objectNode();
            String key = definitions.typeProperty(name);
            ArrayNode values = properties.putObject(key).putArray("enum");
            new TreeSet<>(typeNames).forEach(values::add);
            if (definitions.isDefault(name)) {
                values.addNull();
            }
            Overlay.fields(schema.path("properties")).forEach(entry -> {
                if (!entry.getKey().equals(key)) {
                    properties.set(entry.getKey(), entry.getValue());
                }
            });
            schema.set("properties", properties);
        }
        return schema;
    }

    private void complete(String name, ObjectNode schema) {
        if (overlay.has("definitions", name)) {
            Overlay.merge(schema, overlay.definition(name));
        }
        describe(name, schema);
    }

    /** Words for a property that mean the same wherever it occurs, unless the overlay has said more for this place. */
    private void describe(String name, ObjectNode schema) {
        ObjectNode words = overlay.object("descriptions");
        for (Map.Entry<String, JsonNode> property : Overlay.fields(schema.path("properties"))) {
            JsonNode description = words.get(property.getKey());
            if (description != null && property.getValue() instanceof ObjectNode place && !place.has("description")) {
                place.set("description", description);
            }
        }
        ObjectNode types = overlay.object("typeDescriptions");
        if (types.has(name) && !schema.has("description")) {
            schema.set("description", types.get(name));
        }
    }

    /** Takes null away where a value is needed: required properties and entries of lists and maps. */
    private static void narrow(ObjectNode schema, Map<String, ObjectNode> byName) {
        schema.path("required").forEach(required -> {
            if (schema.path("properties").get(required.asText()) instanceof ObjectNode place) {
                notNull(place, byName);
            }
        });
        schema.findParents("x-not-null").forEach(place -> {
            ((ObjectNode) place).remove("x-not-null");
            notNull((ObjectNode) place, byName);
        });
    }

    private static void notNull(ObjectNode place, Map<String, ObjectNode> byName) {
        if (place.has("type") || place.has("enum")) {
            withoutNull(place);
        } else if (place.has("$ref")) {
            ObjectNode target = byName.get(place.get("$ref").asText().substring(1));
            while (target.has("$ref")) {
                target = byName.get(target.get("$ref").asText().substring(1));
            }
            ObjectNode kinds = JSON.objectNode();
            kinds.set("type", target.has("type") ? target.get("type").deepCopy() : JSON.textNode("string"));
            withoutNull(kinds);
            place.set("type", kinds.get("type"));
        }
    }

    /** {@code ["string", "null"]} to {@code "string"}, and no null among the values of an enum. */
    static void withoutNull(ObjectNode place) {
        if (place.path("type") instanceof ArrayNode kinds) {
            ArrayNode rest = JSON.arrayNode();
            kinds.forEach(kind -> {
                if (!kind.asText().equals("null")) {
                    rest.add(kind);
                }
            });
            place.set("type", rest.size() == 1 ? rest.get(0) : rest);
        }
        if (place.path("enum") instanceof ArrayNode values) {
            ArrayNode rest = JSON.arrayNode();
            values.forEach(value -> {
                if (!value.isNull()) {
                    rest.add(value);
                }
            });
            place.set("enum", rest);
        }
    }

    private String fileOf(String name, Definitions definitions) {
        if (overlay.has("common", name)) {
            return "common";
        }
        String at = name;
        while (at != null && !overlay.has("files", at)) {
            at = definitions.referredFrom(at);
        }
        if (at == null && definitions.neighbourFile(name) != null) {
            return definitions.neighbourFile(name);
        }
        if (at == null) {
            throw new IllegalStateException("no file for " + name);
        }
        return overlay.object("files").path(at).asText();
    }

    private static void link(JsonNode node, String file, Map<String, String> fileOf) {
        if (node instanceof ObjectNode object && object.path("$ref").asText().startsWith("#")) {
            String name = object.get("$ref").asText().substring(1);
            String target = fileOf.get(name);
            if (target == null) {
                throw new IllegalStateException("reference to " + name + ", which is not defined");
            }
            object.put("$ref", (target.equals(file) ? "" : target + ".json") + "#/$defs/" + name);
        }
        node.forEach(child -> link(child, file, fileOf));
    }

    private static JsonNode ordered(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.arrayNode();
            array.forEach(entry -> copy.add(ordered(entry)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode copy = JSON.objectNode();
        boolean schema = Overlay.fields(object).stream().anyMatch(entry -> ORDER.contains(entry.getKey()))
                        && !object.path("properties").isMissingNode()
                || object.has("readOnly")
                || object.has("$ref")
                || object.has("type")
                || object.has("enum")
                || object.has("$defs")
                || object.has("const");
        Collection<String> keys = new ArrayList<>();
        if (schema) {
            ORDER.stream().filter(object::has).forEach(keys::add);
        }
        object.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                keys.add(key);
            }
        });
        keys.forEach(key -> copy.set(
                key,
                key.equals("properties") || key.equals("$defs") ? values(object.get(key)) : ordered(object.get(key))));
        return copy;
    }

    /** A map of names to schemas keeps its own order: a property may well be called {@code type}. */
    private static JsonNode values(JsonNode named) {
        if (!named.isObject()) {
            return ordered(named);
        }
        ObjectNode copy = JSON.objectNode();
        Overlay.fields(named).forEach(entry -> copy.set(entry.getKey(), ordered(entry.getValue())));
        return copy;
    }
}
