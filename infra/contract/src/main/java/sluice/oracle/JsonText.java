package sluice.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/** JSON for people: two spaces, and on one line whatever fits there. */
final class JsonText {
    private static final int WIDTH = 118;

    String of(JsonNode node) {
        return text(node, 0) + "\n";
    }

    private String text(JsonNode node, int indent) {
        String line = line(node);
        boolean tree = node.isContainerNode() && !node.isEmpty();
        if (!tree || indent > 2 && indent + line.length() <= WIDTH) {
            return line;
        }
        IntFunction<String> blanks = " "::repeat;
        if (node instanceof ObjectNode object) {
            StringJoiner joined = new StringJoiner(",\n", "{\n", "\n" + blanks.apply(indent) + "}");
            Overlay.fields(object).forEach(field -> {
                String key = blanks.apply(indent + 2) + quoted(field.getKey()) + ": ";
                boolean fits =
                        indent > 0 && key.length() + line(field.getValue()).length() < WIDTH;
                joined.add(key + (fits ? line(field.getValue()) : text(field.getValue(), indent + 2)));
            });
            return joined.toString();
        }
        if (!node.get(0).isContainerNode()) {
            return wrapped(node, indent);
        }
        StringJoiner joined = new StringJoiner(",\n", "[\n", "\n" + blanks.apply(indent) + "]");
        node.forEach(entry -> joined.add(blanks.apply(indent + 2) + text(entry, indent + 2)));
        return joined.toString();
    }

    /** A long list of words fills its lines. */
    private static String wrapped(JsonNode list, int indent) {
        StringBuilder text = new StringBuilder("[");
        String newLine = "\n" + " ".repeat(indent + 2);
        int column = WIDTH;
        for (int index = 0; index < list.size(); index++) {
            String entry = list.get(index) + (index + 1 < list.size() ? "," : "");
            if (column + entry.length() + 1 > WIDTH) {
                text.append(newLine);
                column = indent + 2;
            } else {
                text.append(' ');
                column++;
            }
            text.append(entry);
            column += entry.length();
        }
        return text.append("\n").append(" ".repeat(indent)).append("]").toString();
    }

    private static String line(JsonNode node) {
        if (node instanceof ObjectNode object) {
            StringJoiner joined = new StringJoiner(", ", "{", "}");
            Overlay.fields(object).forEach(field -> joined.add(quoted(field.getKey()) + ": " + line(field.getValue())));
            return joined.toString();
        }
        if (node.isArray()) {
            StringJoiner joined = new StringJoiner(", ", "[", "]");
            node.forEach(entry -> joined.add(line(entry)));
            return joined.toString();
        }
        return node.toString();
    }

    private static String quoted(String key) {
        return new com.fasterxml.jackson.databind.node.TextNode(key).toString();
    }
}
