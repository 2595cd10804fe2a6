package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.StringJoiner;

/** Writes JSON as people do: short values on one line, others indented. */
final class JsonLayout {
    private static final int LONGEST_LINE = 100;

    private final int unit;

    /** @param unit number of spaces that each level is indented by */
    JsonLayout(int unit) {
        this.unit = unit;
    }

    /** Returns the value on one line: {@code {"type": "json", "columns": ["a", "b"]}}. */
    static String inline(JsonNode value) {
        if (value.isObject()) {
            StringJoiner members = new StringJoiner(", ", "{", "}");
            value.properties()
                    .forEach(member ->
                            members.add(TextNode.valueOf(member.getKey()) + ": " + inline(member.getValue())));
            return members.toString();
        }
        if (value.isArray()) {
            StringJoiner entries = new StringJoiner(", ", "[", "]");
            value.forEach(entry -> entries.add(inline(entry)));
            return entries.toString();
        }
        return value.toString();
    }

    /** @param column indentation of the line on which the value begins */
    String text(JsonNode value, int column) {
        String line = inline(value);
        if (!value.isContainerNode() || column + line.length() <= LONGEST_LINE) {
            return line;
        }
        String gap = "\n" + " ".repeat(column + unit);
        StringJoiner lines = new StringJoiner("," + gap, gap, "\n" + " ".repeat(column));
        if (value.isObject()) {
            value.properties()
                    .forEach(member -> lines.add(
                            TextNode.valueOf(member.getKey()) + ": " + text(member.getValue(), column + unit)));
            return "{" + lines + "}";
        }
        value.forEach(entry -> lines.add(text(entry, column + unit)));
        return "[" + lines + "]";
    }
}
