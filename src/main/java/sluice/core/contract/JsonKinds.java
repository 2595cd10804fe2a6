package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** JSON types as bits, so that "text, object or null" is one comparison. */
final class JsonKinds {
    static final int OBJECT = 1;
    static final int ARRAY = 2;
    static final int TEXT = 4;
    static final int INTEGER = 8;
    static final int FRACTION = 16;
    static final int BOOLEAN = 32;
    static final int NULL = 64;
    static final int NUMBER = INTEGER | FRACTION;
    static final int ANY = 127;

    private JsonKinds() {}

    static int of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> OBJECT;
            case ARRAY -> ARRAY;
            case STRING -> TEXT;
            case NUMBER -> node.isIntegralNumber() || isWhole(node) ? INTEGER : FRACTION;
            case BOOLEAN -> BOOLEAN;
            case NULL, MISSING, BINARY, POJO -> NULL;
        };
    }

    /** JSON Schema counts 1.0 as an integer. */
    private static boolean isWhole(JsonNode number) {
        double value = number.doubleValue();
        return value == Math.rint(value) && !Double.isInfinite(value);
    }

    /** Returns the bits for a value of the keyword {@code type}. */
    static int named(String name) {
        return switch (name) {
            case "object" -> OBJECT;
            case "array" -> ARRAY;
            case "string" -> TEXT;
            case "integer" -> INTEGER;
            case "number" -> NUMBER;
            case "boolean" -> BOOLEAN;
            case "null" -> NULL;
            default -> throw new IllegalArgumentException("unknown JSON type: " + name);
        };
    }

    /** Returns the types in words, for a message: {@code a text or an object}. */
    static String words(int kinds) {
        List<String> words = new ArrayList<>();
        if ((kinds & OBJECT) != 0) {
            words.add("an object");
        }
        if ((kinds & ARRAY) != 0) {
            words.add("a list");
        }
        if ((kinds & TEXT) != 0) {
            words.add("a text");
        }
        if ((kinds & FRACTION) != 0) {
            words.add("a number");
        } else if ((kinds & INTEGER) != 0) {
            words.add("a whole number");
        }
        if ((kinds & BOOLEAN) != 0) {
            words.add("true or false");
        }
        return words.isEmpty() ? "nothing" : String.join(" or ", words);
    }
}
