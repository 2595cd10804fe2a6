package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a definition in a schema file to a {@link CompiledSchema}. It supports the part of draft 2020-12 that the
 * files under {@code druid-contract/} use; a test proves that a full JSON Schema validator agrees with it.
 */
final class SchemaCompiler {
    private static final List<String> BOUNDS =
            List.of("enum", "pattern", "minLength", "minimum", "exclusiveMinimum", "maximum", "minItems");

    private final SchemaFiles files;
    private final String file;
    private final @Nullable String page;

    SchemaCompiler(SchemaFiles files, String file, @Nullable String page) {
        this.files = files;
        this.file = file;
        this.page = page;
    }

    PropertySchema place(JsonNode schema) {
        int kinds = kinds(schema);
        String description = schema.path("description").asText(null);
        boolean deprecated = schema.path("deprecated").booleanValue();
        boolean answerOnly = schema.path("readOnly").booleanValue();
        JsonNode reference = schema.get("$ref");
        if (reference == null) {
            return new PropertySchema(kinds, description, deprecated, answerOnly, null, () -> bounds("", schema));
        }
        String target = reference.textValue();
        CompiledSchema narrower = BOUNDS.stream().noneMatch(schema::has) ? null : bounds("", schema);
        return new PropertySchema(
                kinds, description, deprecated, answerOnly, narrower, () -> files.shape(target, file));
    }

    CompiledSchema shape(String name, JsonNode schema) {
        JsonNode reference = schema.get("$ref");
        return reference == null ? bounds(name, schema) : files.shape(reference.textValue(), file);
    }

    private CompiledSchema bounds(String name, JsonNode schema) {
        Set<String> values = values(schema);
        return new CompiledSchema(
                name,
                schema.path("x-page").asText(page),
                schema.path("description").asText(null),
                schema.path("x-extension").asText(null),
                kinds(schema),
                properties(schema),
                texts(schema.path("required")),
                schema.path("additionalProperties").isBoolean() ? null : place(schema.path("additionalProperties")),
                schema.has("items") ? place(schema.get("items")) : null,
                schema.path("minItems").asInt(),
                values,
                schema.has("pattern") ? Pattern.compile(schema.get("pattern").textValue()) : null,
                schema.path("minLength").asInt(),
                number(schema, "minimum"),
                number(schema, "exclusiveMinimum"),
                number(schema, "maximum"),
                choice(name, schema.path("allOf")));
    }

    private Map<String, PropertySchema> properties(JsonNode schema) {
        Map<String, PropertySchema> properties = new LinkedHashMap<>();
        schema.path("properties")
                .properties()
                .forEach(entry -> properties.put(entry.getKey(), place(entry.getValue())));
        return properties;
    }

    private static int kinds(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            return JsonKinds.named(type.textValue());
        }
        int kinds = 0;
        for (JsonNode kind : type) {
            kinds |= JsonKinds.named(kind.textValue());
        }
        if (kinds == 0 && schema.has("enum")) {
            for (JsonNode value : schema.get("enum")) {
                kinds |= JsonKinds.of(value);
            }
        }
        return kinds == 0 ? JsonKinds.ANY : kinds;
    }

    private static Set<String> values(JsonNode schema) {
        Set<String> values = texts(schema.path("enum"));
        if (schema.has("const")) {
            values.add(schema.get("const").asText());
        }
        return values;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new LinkedHashSet<>();
        list.forEach(entry -> {
            if (!entry.isNull()) {
                texts.add(entry.asText());
            }
        });
        return texts;
    }

    private static @Nullable Double number(JsonNode schema, String keyword) {
        return schema.has(keyword) ? schema.get(keyword).doubleValue() : null;
    }

    /** Reads a list of "if the type is this, then that" as a table, so that only the chosen branch is ever compiled. */
    private CompiledSchema.@Nullable Choice choice(String name, JsonNode branches) {
        String key = null;
        PropertySchema fallback = null;
        Map<String, PropertySchema> byName = new LinkedHashMap<>();
        for (JsonNode branch : branches) {
            Map.Entry<String, JsonNode> condition =
                    branch.path("if").path("properties").properties().iterator().next();
            key = condition.getKey();
            PropertySchema target = place(branch.path("then"));
            values(condition.getValue()).forEach(type -> byName.put(type, target));
            if (!branch.path("if").has("required")) {
                fallback = target;
            }
        }
        files.declared(name).forEach((type, schema) -> byName.put(type, place(schema)));
        return key == null ? null : new CompiledSchema.Choice(key, byName, fallback);
    }
}
