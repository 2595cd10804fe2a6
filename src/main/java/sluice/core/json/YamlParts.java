package sluice.core.json;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Finds the parts of a YAML text. What an alias or a merge key stands for has no part of its own: a change there would
 * change every other use.
 */
final class YamlParts {
    private final String text;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlParts(String text) {
        this.text = text;
    }

    static TextPart of(String text, Node root) {
        TextPart part = new YamlParts(text).part(root, null);
        return part == null ? TextPart.scalar(0, 0, 0, 0) : part;
    }

    private @Nullable TextPart part(Node node, @Nullable Node key) {
        if (!seen.add(node)) {
            return null;
        }
        int start = offset(node.getStartMark());
        int keyStart = key == null ? start : offset(key.getStartMark());
        int keyEnd = key == null ? start : offset(key.getEndMark());
        if (!(node instanceof CollectionNode<?> collection)) {
            return TextPart.scalar(keyStart, keyEnd, start, trimmed(start, offset(node.getEndMark())));
        }
        boolean block = collection.getFlowStyle() == FlowStyle.BLOCK;
        Map<String, TextPart> children = new LinkedHashMap<>();
        int end = block ? start : offset(node.getEndMark());
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                TextPart child = part(tuple.getValueNode(), tuple.getKeyNode());
                if (child != null && tuple.getKeyNode() instanceof ScalarNode name) {
                    children.remove(name.getValue());
                    children.put(name.getValue(), child);
                }
                int last = child == null ? offset(tuple.getKeyNode().getEndMark()) : child.end;
                end = block ? Math.max(end, last) : end;
            }
        } else if (node instanceof SequenceNode sequence) {
            int index = 0;
            for (Node entry : sequence.getValue()) {
                TextPart child = part(entry, null);
                if (child != null) {
                    children.put(Integer.toString(index), child);
                    end = block ? Math.max(end, child.end) : end;
                }
                index++;
            }
        }
        return new TextPart(keyStart, keyEnd, start, end, block, node instanceof MappingNode, children);
    }

    /** A block scalar ends where the next line begins. */
    private int trimmed(int start, int end) {
        int last = end;
        while (last > start && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    /** Marks count code points. */
    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }
}
