package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.erdtman.jcs.NumberToJSON;

/**
 * Canonical JSON according to RFC 8785: keys sorted by UTF-16 code unit, no white space, numbers as in ECMAScript. It
 * is the same on every machine.
 *
 * <p>RFC 8785 represents every number as an IEEE 754 double. An integer outside ±(2^53 - 1) would silently change, so
 * this class refuses it; {@link #inexactNumber} finds it beforehand.
 */
public final class CanonicalJson {

    private static final BigInteger LARGEST_EXACT = BigInteger.valueOf((1L << 53) - 1);

    private CanonicalJson() {}

    /**
     * Returns the canonical text.
     *
     * @throws IllegalArgumentException if {@link #inexactNumber} finds a number; the message names its place
     */
    public static String text(JsonNode node) {
        requireExact(node);
        StringBuilder text = new StringBuilder();
        write(node, text);
        return text.toString();
    }

    private static void write(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            SortedMap<String, JsonNode> sorted = new TreeMap<>(); // texts compare by UTF-16 code unit
            node.properties().forEach(property -> sorted.put(property.getKey(), property.getValue()));
            text.append('{');
            sorted.forEach((name, value) -> {
                quote(name, text.charAt(text.length() - 1) == '{' ? text : text.append(','));
                write(value, text.append(':'));
            });
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            for (int index = 0; index < node.size(); index++) {
                write(node.get(index), index == 0 ? text : text.append(','));
            }
            text.append(']');
        } else if (node.isTextual()) {
            quote(node.textValue(), text);
        } else if (node.isIntegralNumber()) {
            text.append(node.longValue());
        } else if (node.isNumber()) {
            text.append(fraction(node));
        } else {
            text.append(node);
        }
    }

    /** A number as ECMAScript writes it; a float is the double that its text stands for. */
    private static String fraction(JsonNode number) {
        try {
            return NumberToJSON.serializeNumber(Double.parseDouble(number.asText()));
        } catch (IOException infinite) {
            throw new UncheckedIOException("A number without an exact form is refused before", infinite);
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            switch (character) {
                case '"', '\\' -> text.append('\\').append(character);
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (character < ' ') {
                        text.append("\\u00").append(HexFormat.of().toHexDigits((byte) character));
                    } else {
                        text.append(character);
                    }
                }
            }
        }
        text.append('"');
    }

    /** @throws IllegalArgumentException if {@link #inexactNumber} finds a number; the message names its place */
    public static void requireExact(JsonNode node) {
        inexactNumber(node).ifPresent(pointer -> {
            throw new IllegalArgumentException("The number at '" + pointer + "' has no exact form in canonical JSON");
        });
    }

    /** Returns the SHA-256 of the canonical text in UTF-8, as 64 lower-case hexadecimal digits. */
    public static String hash(JsonNode node) {
        return sha256(text(node));
    }

    /** Returns the SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Returns the JSON Pointer of the first number that canonical JSON cannot represent: a huge integer, an infinity or
     * not-a-number.
     */
    public static Optional<String> inexactNumber(JsonNode node) {
        if (node.isNumber()) {
            boolean exact = node.isIntegralNumber()
                    ? node.bigIntegerValue().abs().compareTo(LARGEST_EXACT) <= 0
                    : Double.isFinite(node.doubleValue());
            return exact ? Optional.empty() : Optional.of("");
        }
        for (int index = 0; index < (node.isArray() ? node.size() : 0); index++) {
            Optional<String> found = inexactNumber(node.get(index));
            if (found.isPresent()) {
                return Optional.of("/" + index + found.get());
            }
        }
        for (var property : node.properties()) {
            Optional<String> found = inexactNumber(property.getValue());
            if (found.isPresent()) {
                return Optional.of(JsonPointers.child("", property.getKey()) + found.get());
            }
        }
        return Optional.empty();
    }
}
