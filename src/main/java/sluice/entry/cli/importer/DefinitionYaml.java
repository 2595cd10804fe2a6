package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import sluice.core.json.JsonPointers;

/**
 * Writes a document as YAML for people: short parts on one line, long ones spread out, comments above their subject,
 * and quotes wherever a text could be misread.
 */
final class DefinitionYaml {

    private static final int SHORT = 90;
    /** Texts that no version of YAML takes for anything but a text. */
    private static final Pattern PLAIN = Pattern.compile(
            "(?!(?i:y|n|yes|no|on|off|true|false|null)$)" + "[A-Za-z_][A-Za-z0-9_./]*(-[A-Za-z0-9_./]+)*+");

    private final Map<String, List<String>> comments;

    private DefinitionYaml(Map<String, List<String>> comments) {
        this.comments = comments;
    }

    static String of(ObjectNode document, Map<String, List<String>> comments) {
        DumperOptions options = new DumperOptions();
        options.setProcessComments(true);
        options.setSplitLines(false);
        options.setWidth(10_000);
        options.setIndicatorIndent(0);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(new DefinitionYaml(comments).node(document, "", 0), text);
        return text.toString();
    }

    private Node node(JsonNode value, String pointer, int depth) {
        boolean isSpread =
                depth < 2 && !(depth == 1 && value.isArray() && value.toString().length() <= SHORT)
                        || value.toString().length() > SHORT;
        FlowStyle style = isSpread && !value.isEmpty() ? FlowStyle.BLOCK : FlowStyle.FLOW;
        if (value.isObject()) {
            List<NodeTuple> tuples = new ArrayList<>();
            value.properties().forEach(field -> {
                String child = JsonPointers.child(pointer, field.getKey());
                Node key = text(field.getKey());
                comment(key, child);
                tuples.add(new NodeTuple(key, node(field.getValue(), child, depth + 1)));
            });
            return new MappingNode(Tag.MAP, tuples, style);
        }
        if (value.isArray()) {
            List<Node> entries = new ArrayList<>();
            for (int index = 0; index < value.size(); index++) {
                entries.add(node(value.get(index), pointer + "/" + index, depth + 1));
            }
            return new SequenceNode(Tag.SEQ, entries, style);
        }
        return scalar(value);
    }

    private void comment(Node key, String pointer) {
        List<CommentLine> lines = new ArrayList<>();
        comments.getOrDefault(pointer, List.of())
                .forEach(text ->
                        lines.add(new CommentLine(null, null, " " + text.replaceAll("\\s+", " "), CommentType.BLOCK)));
        if (!lines.isEmpty()) {
            key.setBlockComments(lines);
        }
    }

    private static Node scalar(JsonNode value) {
        if (value.isTextual()) {
            return text(value.textValue());
        }
        if (value.isNumber()) {
            String digits = value.decimalValue().toPlainString();
            return new ScalarNode(digits.contains(".") ? Tag.FLOAT : Tag.INT, digits, null, null, ScalarStyle.PLAIN);
        }
        return new ScalarNode(value.isBoolean() ? Tag.BOOL : Tag.NULL, value.asText(), null, null, ScalarStyle.PLAIN);
    }

    private static Node text(String text) {
        ScalarStyle style = PLAIN.matcher(text).matches() ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
        return new ScalarNode(Tag.STR, text, null, null, style);
    }
}
