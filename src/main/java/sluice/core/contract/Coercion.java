package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

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

    /** Returns advice to write the value in its proper form. */
    static String rightForm(JsonNode node, int allowed) {
        return "write " + (node.isTextual() ? node.textValue() : '"' + node.asText() + '"');
    }
}
