package sluice.govern.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.core.json.CanonicalJson;

/**
 * Normalises what Druid changes in every document that it returns: null for unset fields, PT3600S for PT1H, 1 for 1.0.
 */
final class CanonicalForm {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern SPAN = Pattern.compile("P(?=.)(?:(\\d{1,6})W)?(?:(\\d{1,10})D)?"
            + "(?:T(?=.)(?:\\d{1,12}H)?(?:\\d{1,12}M)?(?:\\d{1,12}(?:\\.\\d{1,9})?S)?)?");

    private CanonicalForm() {}

    /** Returns a copy without nulls and empty containers, with keys and numbers in canonical form. */
    static ObjectNode of(JsonNode document) {
        try {
            JsonNode copy = document.deepCopy();
            withoutNothing(copy);
            return (ObjectNode) JSON.readTree(CanonicalJson.text(copy));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Canonical JSON is JSON", impossible);
        }
    }

    /** Normalises every period of fixed length below the node. Months and years have no fixed length and stay. */
    static void spans(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : names(object)) {
                JsonNode value = object.get(name);
                if (value.isTextual()) {
                    object.put(name, span(value.textValue()));
                } else {
                    spans(value);
                }
            }
        }
    }

    /** Returns the normal form of a period; any other text as it is. */
    static String span(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        long days = 7 * number(matcher.group(1)) + number(matcher.group(2));
        int time = text.indexOf('T');
        Duration rest = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
        return Duration.ofDays(days).plus(rest).toString();
    }

    static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static void withoutNothing(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : names(object)) {
                JsonNode value = object.get(name);
                withoutNothing(value);
                if (value.isNull() || value.isContainerNode() && value.isEmpty()) {
                    object.remove(name);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(CanonicalForm::withoutNothing);
        }
    }
}
