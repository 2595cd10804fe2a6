package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The values that Druid's Jackson accepts although they are written as another JSON type, such as {@code "100"} for
 * 100.
 */
final class Coercion {
    private Coercion() {}

    static boolean druidReads(CompiledSchema shape, JsonNode node, int kind, int allowed) {
        if (kind == JsonKinds.TEXT && (allowed & (JsonKinds.NUMBER | JsonKinds.BOOLEAN)) != 0) {
            String text = node.textValue();
            boolean wantsBoolean = (allowed & JsonKinds.BOOLEAN) != 0;
            return wantsBoolean && (text.equals("true") || text.equals("false"))
                    || (allowed & JsonKinds.NUMBER) != 0 && isNumber(text, (allowed & JsonKinds.FRACTION) != 0);
        }
        boolean scalar = (kind & (JsonKinds.NUMBER | JsonKinds.BOOLEAN)) != 0;
        return scalar && (allowed & JsonKinds.TEXT) != 0 && shape.takes(node.asText());
    }

    private static boolean isNumber(String text, boolean fraction) {
        try {
            BigDecimal number = new BigDecimal(text);
            return fraction || number.scale() <= 0;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    /**
     * Returns the same value in the form that belongs here; null if none is certain.
     *
     * @param coerced true if Druid itself would read the value
     */
    static @Nullable JsonNode rightForm(CompiledSchema shape, JsonNode node, int allowed, boolean coerced) {
        if (coerced) {
            return node.isTextual() ? unquoted(node.textValue()) : TextNode.valueOf(node.asText());
        }
        String text = node.isTextual() ? node.textValue().strip() : "";
        boolean truth = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
        if (truth && (allowed & JsonKinds.BOOLEAN) != 0) {
            return BooleanNode.valueOf(text.equalsIgnoreCase("true"));
        }
        if (node.isArray() && (allowed & JsonKinds.ARRAY) == 0) {
            boolean only = node.size() == 1 && fits(node.get(0), allowed);
            return only ? node.get(0) : null;
        }
        boolean entry = (allowed & JsonKinds.ARRAY) != 0
                && !node.isNull()
                && text.indexOf(',') < 0
                && !(node.isTextual() && text.isEmpty())
                && (shape.items() == null || fits(node, shape.items().kinds()));
        return entry ? JsonNodeFactory.instance.arrayNode().add(node) : null;
    }

    private static boolean fits(JsonNode value, int allowed) {
        return (JsonKinds.of(value) & allowed) != 0;
    }

    private static JsonNode unquoted(String text) {
        return text.equals("true") || text.equals("false")
                ? BooleanNode.valueOf(text.equals("true"))
                : DecimalNode.valueOf(new BigDecimal(text));
    }
}
