package sluice.core.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a document and where it is in the text. Offsets are those of {@link String#charAt}. */
final class TextPart {
    /** Where the key begins; the value's own start for entries of lists and for the root. */
    final int keyStart;

    final int keyEnd;
    final int start;
    final int end;
    /** True for objects and lists in YAML's block style, whose ends are ends of lines. */
    final boolean block;

    final boolean object;
    final Map<String, TextPart> children;

    /** @param children the parts below, in the order of the text; empty for scalars */
    TextPart(
            int keyStart,
            int keyEnd,
            int start,
            int end,
            boolean block,
            boolean object,
            Map<String, TextPart> children) {
        this.keyStart = keyStart;
        this.keyEnd = keyEnd;
        this.start = start;
        this.end = end;
        this.block = block;
        this.object = object;
        this.children = children;
    }

    static TextPart scalar(int keyStart, int keyEnd, int start, int end) {
        return new TextPart(keyStart, keyEnd, start, end, false, false, new LinkedHashMap<>());
    }

    /** Returns the part at a pointer; null if the text has none there, as below an alias. */
    @Nullable
    TextPart at(String pointer) {
        TextPart part = this;
        for (String step : JsonPointers.steps(pointer)) {
            part = part == null ? null : part.children.get(step);
        }
        return part;
    }

    /** Returns the entry before the one with this key; null if it is the first. */
    @Nullable
    TextPart before(String key) {
        TextPart previous = null;
        for (Map.Entry<String, TextPart> child : children.entrySet()) {
            if (child.getKey().equals(key)) {
                return previous;
            }
            previous = child.getValue();
        }
        return null;
    }

    /** Returns the entry after the one with this key; null if it is the last. */
    @Nullable
    TextPart after(String key) {
        boolean found = false;
        for (Map.Entry<String, TextPart> child : children.entrySet()) {
            if (found) {
                return child.getValue();
            }
            found = child.getKey().equals(key);
        }
        return null;
    }

    /** Returns the last entry; null if there is none. */
    @Nullable
    TextPart last() {
        TextPart last = null;
        for (TextPart child : children.values()) {
            last = child;
        }
        return last;
    }
}
