package sluice.core.definition.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.NearestWord;
import sluice.core.json.JsonPointers;

/**
 * Reads the keys of one object strictly: an unknown key, a missing key or a value of the wrong type becomes a finding.
 * After a finding, a read method returns null, nothing or its fallback, so that reading continues and finds the rest.
 */
final class StrictFields {

    private final LocatedFindings findings;
    private final String pointer;
    private final ObjectNode node;

    /** @param known all keys that the object may have */
    StrictFields(LocatedFindings findings, String pointer, ObjectNode node, List<String> known) {
        this.findings = findings;
        this.pointer = pointer;
        this.node = node;
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                findings.keyError(
                        DefinitionCode.UNKNOWN_KEY,
                        pointer(key),
                        "The key '" + key + "' is unknown here",
                        "one of " + String.join(", ", known),
                        NearestWord.of(key, known));
            }
        });
    }

    LocatedFindings findings() {
        return findings;
    }

    String pointer(String key) {
        return JsonPointers.child(pointer, key);
    }

    boolean has(String key) {
        return node.has(key);
    }

    boolean require(String key, String what) {
        if (!has(key)) {
            findings.keyError(
                    DefinitionCode.MISSING_KEY, pointer, "The key '" + key + "' is missing", key + ": " + what, null);
        }
        return has(key);
    }

    JsonNode any(String key) {
        return node.get(key);
    }

    /** Returns the text; null if there is none. */
    @Nullable
    String text(String key) {
        if (has(key) && !node.get(key).isTextual()) {
            wrongType(key, "a text; put it in quotes");
        }
        return node.path(key).textValue();
    }

    /** Returns the text, or the fallback if there is none. */
    String text(String key, String fallback) {
        String text = text(key);
        return text == null ? fallback : text;
    }

    boolean flag(String key, boolean fallback) {
        if (has(key) && !node.get(key).isBoolean()) {
            wrongType(key, "true or false");
        }
        return node.path(key).asBoolean(fallback);
    }

    /** Returns the whole number; null if there is none within the range. */
    @Nullable
    Long number(String key, long min, long max) {
        if (!has(key)) {
            return null;
        }
        JsonNode value = node.get(key);
        if (!value.isIntegralNumber()) {
            wrongType(key, "a whole number");
            return null;
        }
        if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
            findings.error(
                    DefinitionCode.OUT_OF_RANGE,
                    pointer(key),
                    value + " is out of range",
                    max == Long.MAX_VALUE ? "at least " + min : min + " to " + max);
            return null;
        }
        return value.longValue();
    }

    /** Returns Druid's own object under that key; empty if there is none. */
    ObjectNode object(String key) {
        if (has(key) && !node.get(key).isObject()) {
            wrongType(key, "an object");
        }
        return node.get(key) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    /** Returns Sluice's own object under that key. */
    StrictFields fields(String key, List<String> known) {
        return new StrictFields(findings, pointer(key), object(key), known);
    }

    /** Returns the value, which is either the given word or an object. The word is the default. */
    JsonNode wordOrObject(String key, String word) {
        JsonNode value = has(key) ? node.get(key) : JsonNodeFactory.instance.textNode(word);
        if (value.isTextual() && value.textValue().equals(word) || value.isObject()) {
            return value;
        }
        if (value.isTextual()) {
            findings.error(
                    DefinitionCode.UNKNOWN_VALUE,
                    pointer(key),
                    "'" + value.textValue() + "' is not known here",
                    word + " or an object",
                    NearestWord.of(value.textValue(), List.of(word)));
        } else {
            wrongType(key, word + " or an object");
        }
        return JsonNodeFactory.instance.textNode(word);
    }

    /** Returns the constant of that name in lower case, or the fallback. */
    <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
        return choice(key, type).orElse(fallback);
    }

    /** Returns the constant of that name in lower case. */
    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        String text = text(key);
        if (text == null) {
            return Optional.empty();
        }
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = names.indexOf(text);
        if (index < 0) {
            findings.error(
                    DefinitionCode.UNKNOWN_VALUE,
                    pointer(key),
                    "'" + text + "' is not known here",
                    "one of " + String.join(", ", names),
                    NearestWord.of(text, names));
            return Optional.empty();
        }
        return Optional.of(type.getEnumConstants()[index]);
    }

    /** Returns the ISO-8601 span of time; null if there is none. */
    @Nullable
    String span(String key, Pattern shape, String expected) {
        String text = text(key);
        if (text != null && !shape.matcher(text).matches()) {
            findings.error(
                    DefinitionCode.DURATION, pointer(key), "'" + text + "' is not an ISO-8601 span of time", expected);
            return null;
        }
        return text;
    }

    /** Parses the text; an IllegalArgumentException or DateTimeException of the parser becomes a finding. */
    <T> Optional<T> parsed(String key, DefinitionCode code, String expected, Function<String, T> parser) {
        String text = text(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException | DateTimeException refused) {
            findings.error(code, pointer(key), String.valueOf(refused.getMessage()), expected);
            return Optional.empty();
        }
    }

    void wrongType(String key, String expected) {
        findings.error(
                DefinitionCode.WRONG_TYPE, pointer(key), "'" + key + "' is " + name(node.get(key)) + " here", expected);
    }

    static String name(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "a list";
            case STRING, BINARY -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "empty";
        };
    }
}
