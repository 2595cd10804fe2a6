package sluice.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.joda.time.DateTime;
import org.joda.time.Interval;
import org.joda.time.Period;
import org.joda.time.chrono.ISOChronology;

/** What of the input is not in Druid's own writing of it, and what is there with another value. */
record Difference(List<String> absent, List<String> changed) {

    static Difference between(JsonNode input, JsonNode written) {
        Difference difference = new Difference(new ArrayList<>(), new ArrayList<>());
        difference.compare("", input, written);
        return difference;
    }

    private void compare(String pointer, JsonNode input, JsonNode written) {
        if (input.isObject() && written.isObject()) {
            for (Map.Entry<String, JsonNode> field : Overlay.fields(input)) {
                String place = pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                JsonNode counterpart = written.get(field.getKey());
                if (counterpart == null && !field.getValue().isNull()) {
                    absent.add(place);
                } else if (counterpart != null) {
                    compare(place, field.getValue(), counterpart);
                }
            }
        } else if (input.isArray() && written.isArray() && input.size() == written.size()) {
            for (int index = 0; index < input.size(); index++) {
                compare(pointer + "/" + index, input.get(index), written.get(index));
            }
        } else if (input.isValueNode() && written.isValueNode()) {
            if (!input.isNull() && !same(input, written)) {
                changed.add(pointer + ": " + input + " -> " + written);
            }
        } else if (!shortForm(input, written) && !namedGranularity(written)) {
            changed.add(pointer + ": another shape");
        }
    }

    /** {@code "page"} for {@code {"type": "string", "name": "page"}}. */
    private static boolean shortForm(JsonNode one, JsonNode other) {
        return one.isTextual() && other.isObject();
    }

    /** {@code "DAY"} for {@code {"type": "period", "period": "P1D"}}. */
    private static boolean namedGranularity(JsonNode written) {
        return written.isTextual() && written.asText().matches("[A-Z_]+");
    }

    private static boolean same(JsonNode input, JsonNode written) {
        if (input.isNumber() && written.isNumber()) {
            return input.decimalValue().compareTo(written.decimalValue()) == 0
                    || Float.compare(input.floatValue(), written.floatValue()) == 0 && !input.isIntegralNumber();
        }
        String before = input.asText();
        String after = written.asText();
        return before.equalsIgnoreCase(after) || sameTime(before, after);
    }

    private static boolean sameTime(String before, String after) {
        try {
            if (before.contains("/")) {
                return new Interval(before, ISOChronology.getInstanceUTC())
                        .equals(new Interval(after, ISOChronology.getInstanceUTC()));
            }
            if (before.startsWith("P") || after.startsWith("P")) {
                return new Period(before).toStandardDuration().equals(new Period(after).toStandardDuration());
            }
            return new DateTime(before, ISOChronology.getInstanceUTC())
                    .equals(new DateTime(after, ISOChronology.getInstanceUTC()));
        } catch (IllegalArgumentException | UnsupportedOperationException noTime) {
            return false;
        }
    }
}
