package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A variable in place of a value. All other texts of a spec are literal, so a <code>${</code> in them becomes
 * <code>$${</code>. Until then, characters that no JSON text of a spec contains mark a variable.
 */
record VariableNode(String name) {

    private static final String MARK = "\uE000variable\uE000";

    JsonNode node() {
        return TextNode.valueOf(MARK + name);
    }

    /** Returns a copy with escaped texts and resolved marks. */
    static ObjectNode escaped(ObjectNode document) {
        return (ObjectNode) escaped((JsonNode) document);
    }

    private static JsonNode escaped(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), escaped(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(entry -> copy.add(escaped(entry)));
            return copy;
        }
        if (!node.isTextual()) {
            return node;
        }
        String text = node.textValue();
        return TextNode.valueOf(
                text.startsWith(MARK) ? "${" + text.substring(MARK.length()) + "}" : text.replace("${", "$${"));
    }
}
