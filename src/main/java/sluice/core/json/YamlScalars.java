package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * What an unquoted YAML scalar means: the core schema of YAML 1.2, which equals JSON's. The surprises of YAML 1.1 are
 * plain texts here: {@code on}, {@code yes}, {@code 12:30:00}, {@code 2026-01-01}, {@code 0777}, {@code 1_000}, {@code
 * .inf}.
 */
public final class YamlScalars {

    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]{0,399})");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]{1,400}|[0-9]{1,400}(\\.[0-9]{0,400})?)([eE][-+]?[0-9]{1,9})?");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9].*");

    private YamlScalars() {}

    /** Returns the value of an unquoted scalar. */
    public static JsonNode plain(String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> nodes.nullNode();
            case "true", "True", "TRUE" -> nodes.booleanNode(true);
            case "false", "False", "FALSE" -> nodes.booleanNode(false);
            default -> number(text);
        };
    }

    static JsonNode integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return JsonNodeFactory.instance.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(value.longValue())
                : JsonNodeFactory.instance.numberNode(value);
    }

    private static JsonNode number(String text) {
        if (INTEGER.matcher(text).matches()) {
            return integer(new BigInteger(text.startsWith("+") ? text.substring(1) : text));
        }
        boolean isFloat =
                FLOAT.matcher(text).matches() && !LEADING_ZERO.matcher(text).matches();
        return isFloat
                ? JsonNodeFactory.instance.numberNode(Double.parseDouble(text))
                : JsonNodeFactory.instance.textNode(text);
    }
}
