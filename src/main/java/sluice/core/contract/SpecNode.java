package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.json.JsonPointers;

/**
 * A part of a spec and its place. A missing part is also a node, of a missing JSON node. The pointer is built only when
 * needed, because most nodes have no finding.
 */
final class SpecNode {
    private final @Nullable SpecNode parent;
    private final Object step;
    private final JsonNode node;

    private SpecNode(@Nullable SpecNode parent, Object step, JsonNode node) {
        this.parent = parent;
        this.step = step;
        this.node = node;
    }

    static SpecNode root(JsonNode document) {
        return new SpecNode(null, "", document);
    }

    JsonNode node() {
        return node;
    }

    /** Returns the JSON Pointer of the part. */
    String pointer() {
        return parent == null ? "" : parent.pointer() + '/' + JsonPointers.escape(step.toString());
    }

    SpecNode get(String key) {
        return new SpecNode(this, key, node.path(key));
    }

    SpecNode get(int index) {
        return new SpecNode(this, index, node.path(index));
    }

    /** Returns true if the part exists and is not null. */
    boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    boolean has(String key) {
        return get(key).present();
    }

    /** Returns the text of a field; null if it is missing or not a text. */
    @Nullable
    String text(String key) {
        return node.path(key).textValue();
    }

    @Nullable
    String type() {
        return text("type");
    }

    boolean isTrue(String key) {
        return node.path(key).asBoolean();
    }

    /** Returns the entries of a list; empty for anything else. */
    List<SpecNode> entries() {
        List<SpecNode> entries = new ArrayList<>(node.isArray() ? node.size() : 0);
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                entries.add(get(index));
            }
        }
        return entries;
    }
}
