package sluice.oracle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A type of an extension whose jar is not to be had, as the overlay tells it in short: {@code {"uris": "[string]",
 * "fetchTimeout": "long", "properties": "#Name"}}, with {@code !} behind what is required.
 */
final class DocumentedType {
    private final Overlay overlay;

    DocumentedType(Overlay overlay) {
        this.overlay = overlay;
    }

    ObjectNode schema(ObjectNode documented) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (documented.has("description")) {
            schema.set("description", documented.get("description"));
        }
        schema.set("x-extension", documented.get("extension"));
        schema.put("x-documented", true);
        schema.putArray("type").add("object").add("null");
        ObjectNode properties = schema.putObject("properties");
        Overlay.fields(documented.path("fields")).forEach(field -> {
            String type = field.getValue().asText();
            boolean required = type.endsWith("!");
            properties.set(field.getKey(), type(required ? type.substring(0, type.length() - 1) : type));
            if (required) {
                schema.withArray("required").add(field.getKey());
            }
        });
        schema.put("additionalProperties", false);
        return schema;
    }

    private ObjectNode type(String text) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (text.startsWith("[")) {
            schema.putArray("type").add("array").add("null");
            schema.set("items", entry(text));
            return schema;
        }
        if (text.startsWith("{")) {
            schema.putArray("type").add("object").add("null");
            schema.set("additionalProperties", entry(text));
            return schema;
        }
        switch (text) {
            case "any" -> {}
            case "string", "boolean", "number" ->
                schema.putArray("type").add(text).add("null");
            default -> schema.put("$ref", "#" + (text.startsWith("#") ? text.substring(1) : text));
        }
        if (schema.has("$ref") && !text.startsWith("#") && !overlay.has("common", text)) {
            throw new IllegalStateException("unknown short type " + text);
        }
        return schema;
    }

    private ObjectNode entry(String text) {
        ObjectNode entry = type(text.substring(1, text.length() - 1));
        if (entry.has("$ref")) {
            entry.put("x-not-null", true);
        } else {
            SchemaFiles.withoutNull(entry);
        }
        return entry;
    }
}
