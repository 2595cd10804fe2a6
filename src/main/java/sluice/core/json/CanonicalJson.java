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
import org.erdtman.jcs.JsonCanonicalizer;

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
        try {
            // The library accepts only objects and arrays at the top.
            String canonical = new JsonCanonicalizer("[" + node + "]").getEncodedString();
            return canonical.substring(1, canonical.length() - 1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Jackson wrote JSON that cannot be read", unreadable);
        }
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
        return inexactNumber(node, "");
    }

    private static Optional<String> inexactNumber(JsonNode node, String pointer) {
        if (node.isNumber()) {
            boolean exact = node.isIntegralNumber()
                    ? node.bigIntegerValue().abs().compareTo(LARGEST_EXACT) <= 0
                    : Double.isFinite(node.doubleValue());
            return exact ? Optional.empty() : Optional.of(pointer);
        }
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                Optional<String> found = inexactNumber(node.get(index), pointer + "/" + index);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (var property : node.properties()) {
            Optional<String> found = inexactNumber(property.getValue(), JsonPointers.child(pointer, property.getKey()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
