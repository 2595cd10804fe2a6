package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON or YAML text that can be changed at one place. Everything else stays as its author wrote it: layout, order,
 * and YAML's comments. New members follow the layout of their neighbours.
 */
public final class EditableText {
    private static final int DEFAULT_UNIT = 2;

    private final String text;
    private final boolean yaml;
    private final JsonNode root;
    private final TextPart parts;

    private EditableText(String text, boolean yaml, JsonNode root, TextPart parts) {
        this.text = text;
        this.yaml = yaml;
        this.root = root;
        this.parts = parts;
    }

    /** Reads a JSON text. Of a duplicate key, the last value counts, as in Druid. */
    public static EditableText json(String text) throws UnreadableTextException {
        JsonNode root = JsonText.read(text, (position, pointer, key) -> {}).root();
        try {
            return new EditableText(text, false, root, JsonParts.of(text));
        } catch (IOException malformed) {
            throw new UnreadableTextException(String.valueOf(malformed.getMessage()), null);
        }
    }

    public static EditableText yaml(String text) throws UnreadableTextException {
        JsonNode root = YamlText.read(text, (position, pointer, key) -> {}).root();
        return new EditableText(text, true, root, YamlParts.of(text, YamlText.document(text)));
    }

    public String text() {
        return text;
    }

    public JsonNode root() {
        return root;
    }

    /** Returns the changed text; empty if the place is not in this text by itself, as behind a YAML alias. */
    public Optional<EditableText> with(Edit edit) throws UnreadableTextException {
        if (edit instanceof Edit.Move move) {
            return moved(move);
        }
        String changed = edit instanceof Edit.Rename rename
                ? rename(rename)
                : edit instanceof Edit.Put put
                        ? put(put.pointer(), put.value())
                        : remove(((Edit.Remove) edit).pointer());
        if (changed == null) {
            return Optional.empty();
        }
        return Optional.of(yaml ? yaml(changed) : json(changed));
    }

    private @Nullable String rename(Edit.Rename rename) {
        TextPart part = parts.at(rename.pointer());
        if (part == null || part.keyEnd == part.keyStart) {
            return null;
        }
        char quote = text.charAt(part.keyStart);
        String key = quote == '\'' ? "'" + rename.key() + "'" : quote == '"' ? quoted(rename.key()) : key(rename.key());
        return text.substring(0, part.keyStart) + key + text.substring(part.keyEnd);
    }

    private @Nullable String remove(String pointer) {
        TextPart parent = parts.at(JsonPointers.parent(pointer));
        String key = lastStep(pointer);
        TextPart part = parent == null ? null : parent.children.get(key);
        if (parent == null || part == null || !parent.object) {
            return null;
        }
        TextPart previous = parent.before(key);
        TextPart next = parent.after(key);
        if (previous == null && next == null) {
            return parent.block ? cut(part.keyStart, part.end, "{}") : cut(parent.start, parent.end, "{}");
        }
        if (!parent.block) {
            return next != null || previous == null
                    ? cut(part.keyStart, next == null ? part.end : next.keyStart, "")
                    : cut(previous.end, part.end, "");
        }
        if (!text.substring(lineStart(part.keyStart), part.keyStart).isBlank() && next != null) {
            return cut(part.keyStart, next.keyStart, "");
        }
        int line = commentStart(part);
        int after = lineEnd(part.end);
        return after < text.length() ? cut(line, after + 1, "") : cut(Math.max(0, line - 1), after, "");
    }

    private String cut(int from, int to, String instead) {
        return text.substring(0, from) + instead + text.substring(to);
    }

    private @Nullable String put(String pointer, JsonNode value) {
        TextPart part = parts.at(pointer);
        if (part != null) {
            return cut(part.start, part.end, scalar(value));
        }
        TextPart parent = parts.at(JsonPointers.parent(pointer));
        if (parent != null) {
            return parent.object ? insert(parent, lastStep(pointer), value, null) : null;
        }
        ObjectNode around = JsonNodeFactory.instance.objectNode();
        around.set(lastStep(pointer), value);
        return root.at(JsonPointers.parent(pointer)).isMissingNode() ? put(JsonPointers.parent(pointer), around) : null;
    }

    private Optional<EditableText> moved(Edit.Move move) throws UnreadableTextException {
        TextPart part = parts.at(move.pointer());
        TextPart home = parts.at(JsonPointers.parent(move.to()));
        if (part == null || !root.at(move.to()).isMissingNode()) {
            return Optional.empty();
        }
        JsonNode value = root.at(move.pointer());
        String inserted = home == null
                ? put(move.to(), value)
                : home.object ? insert(home, lastStep(move.to()), value, part) : null;
        if (inserted == null) {
            return Optional.empty();
        }
        return (yaml ? yaml(inserted) : json(inserted)).with(new Edit.Remove(move.pointer()));
    }

    /** @param source the part whose text becomes the value; null to write the value anew */
    private String insert(TextPart parent, String key, JsonNode value, @Nullable TextPart source) {
        TextPart last = parent.last();
        if (last == null) {
            return cut(parent.start, parent.end, "{" + key(key) + ": " + inline(value) + "}");
        }
        int column = last.keyStart - lineStart(last.keyStart);
        if (parent.block) {
            String written = source == null ? " " + scalar(value) : blockText(source, column);
            String comments = source == null ? "" : comments(source, column);
            int at = lineEnd(last.end);
            return cut(at, at, comments + "\n" + " ".repeat(column) + key(key) + ":" + written);
        }
        int blank = last.keyStart;
        while (Character.isWhitespace(text.charAt(blank - 1))) {
            blank--;
        }
        String gap = text.substring(blank, last.keyStart);
        boolean lines = gap.indexOf('\n') >= 0;
        String colon = text.substring(last.keyEnd, last.start);
        String written = source != null
                ? reindented(source, column)
                : lines ? new JsonLayout(unit()).text(value, column) : inline(value);
        return cut(
                last.end,
                last.end,
                "," + (lines ? gap : " ") + quoted(key) + (colon.indexOf('\n') < 0 ? colon : ": ") + written);
    }

    /** Returns the text of a value, its further lines as far from the new key as from the old one. */
    private String reindented(TextPart source, int column) {
        int difference = column - indentation(source.keyStart);
        return shifted(text.substring(source.start, source.end), difference);
    }

    /** Returns what follows the colon in a block: a value on the same line, or lines below. */
    private String blockText(TextPart source, int column) {
        boolean below = text.substring(source.keyEnd, source.start).indexOf('\n') >= 0;
        int difference = column - indentation(source.keyStart);
        String value = text.substring(below ? lineStart(source.start) : source.start, source.end);
        return below ? "\n" + shifted("\n" + value, difference).substring(1) : " " + shifted(value, difference);
    }

    /** Returns where the comment begins that stands directly above a member of a block; its line if there is none. */
    private int commentStart(TextPart part) {
        int line = lineStart(part.keyStart);
        String comment = " ".repeat(part.keyStart - line) + "#";
        while (line > 0 && text.startsWith(comment, lineStart(line - 1))) {
            line = lineStart(line - 1);
        }
        return line;
    }

    private String comments(TextPart source, int column) {
        String above =
                text.substring(commentStart(source), lineStart(source.keyStart)).stripTrailing();
        return above.isEmpty() ? "" : shifted("\n" + above, column - indentation(source.keyStart));
    }

    private static String shifted(String value, int difference) {
        if (difference == 0 || value.indexOf('\n') < 0) {
            return value;
        }
        return difference > 0
                ? value.replaceAll("\n(?=[^\n])", "\n" + " ".repeat(difference))
                : value.replaceAll("\n {1," + -difference + "}", "\n");
    }

    private int indentation(int offset) {
        int line = lineStart(offset);
        int first = line;
        while (first < offset
                && (text.charAt(first) == ' ' || text.charAt(first) == '\t' || text.charAt(first) == '-')) {
            first++;
        }
        return (yaml ? offset : first) - line;
    }

    private int unit() {
        TextPart first = parts.children.isEmpty()
                ? null
                : parts.children.values().iterator().next();
        if (first == null) {
            return DEFAULT_UNIT;
        }
        int line = lineStart(first.keyStart);
        return first.keyStart > line && line > parts.start ? first.keyStart - line : DEFAULT_UNIT;
    }

    private int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    private int lineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end;
    }

    /** Returns a value as YAML's plain style has it where that is safe; else as JSON, which is YAML too. */
    private String scalar(JsonNode value) {
        return yaml && value.isTextual() && isPlain(value.textValue()) ? value.textValue() : inline(value);
    }

    private String key(String key) {
        return yaml && isPlain(key) ? key : quoted(key);
    }

    private static boolean isPlain(String word) {
        return word.matches("[A-Za-z][A-Za-z0-9_]*")
                && !List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n")
                        .contains(word.toLowerCase(Locale.ROOT));
    }

    private static String inline(JsonNode value) {
        return JsonLayout.inline(value);
    }

    private static String quoted(String key) {
        return JsonNodeFactory.instance.textNode(key).toString();
    }

    private static String lastStep(String pointer) {
        List<String> steps = JsonPointers.steps(pointer);
        return steps.get(steps.size() - 1);
    }
}
