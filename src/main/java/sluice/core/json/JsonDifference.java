package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import sluice.core.json.Change.Kind;

/**
 * Compares two JSON documents: objects by key, lists by entry. A new first dimension is thus one added entry, not a
 * change of every entry.
 */
public final class JsonDifference {

    private final List<Change> changes = new ArrayList<>();

    private JsonDifference() {}

    /** Returns the differences, empty for equal documents. */
    public static List<Change> between(JsonNode before, JsonNode after) {
        JsonDifference difference = new JsonDifference();
        difference.compare("", before, after);
        return List.copyOf(difference.changes);
    }

    private void compare(String pointer, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof ObjectNode left && after instanceof ObjectNode right) {
            TreeSet<String> keys = new TreeSet<>();
            left.fieldNames().forEachRemaining(keys::add);
            right.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                String place = JsonPointers.child(pointer, key);
                if (!left.has(key)) {
                    changes.add(new Change(Kind.ADDED, place, null, right.get(key)));
                } else if (!right.has(key)) {
                    changes.add(new Change(Kind.REMOVED, place, left.get(key), null));
                } else {
                    compare(place, left.get(key), right.get(key));
                }
            }
        } else if (before.isArray() && after.isArray()) {
            lists(pointer, before, after);
        } else {
            changes.add(new Change(Kind.REPLACED, pointer, before, after));
        }
    }

    private void lists(String pointer, JsonNode before, JsonNode after) {
        List<JsonNode> added = new ArrayList<>();
        after.forEach(added::add);
        int found = changes.size();
        for (int index = 0; index < before.size(); index++) {
            if (!added.remove(before.get(index))) {
                changes.add(new Change(Kind.REMOVED, pointer + "/" + index, before.get(index), null));
            }
        }
        for (int index = 0; index < after.size(); index++) {
            if (added.remove(after.get(index))) {
                changes.add(new Change(Kind.ADDED, pointer + "/" + index, null, after.get(index)));
            }
        }
        if (changes.size() == found) {
            changes.add(new Change(Kind.REPLACED, pointer, before, after)); // the same entries in another order
        }
    }
}
