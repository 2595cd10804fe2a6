package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.core.json.JsonPointers;

/**
 * Finds the places of a document that have a field which stands elsewhere: in objects that are there, and in objects
 * that may be added to them. It looks nowhere inside lists, because no entry of a list is better than another.
 */
final class FieldHomes {
    private static final int DEEPEST = 8;
    private static final int MOST_ADDED = 2;
    private static final int MOST_NAMED = 2;

    /** Names that many objects have: that another object has one says nothing. */
    private static final Set<String> COMMON = Set.of("type", "name", "value", "values", "expression");

    private final PropertySchema root;
    private final JsonNode document;
    private final String from;
    private final List<Home> homes = new ArrayList<>();

    /**
     * @param deprecated true if the home itself is deprecated
     * @param added objects that would have to be added
     * @param steps steps up and down from the field's present place
     */
    private record Home(String pointer, boolean deprecated, int added, int steps) {}

    /** @param from pointer of the object in which the field stands */
    FieldHomes(PropertySchema root, JsonNode document, String from) {
        this.root = root;
        this.document = document;
        this.from = from;
    }

    /** Returns the pointers of the field at its nearest homes; objects that are there come first. */
    List<String> of(String key, JsonNode value) {
        if (COMMON.contains(key)) {
            return List.of();
        }
        collect(root, document, "", key, value, 0, 0);
        Comparator<Home> order = Comparator.comparing(Home::deprecated)
                .thenComparingInt(Home::added)
                .thenComparingInt(Home::steps);
        homes.sort(order);
        return homes.stream()
                .filter(home -> order.compare(home, homes.get(0)) == 0)
                .map(Home::pointer)
                .distinct()
                .limit(MOST_NAMED)
                .toList();
    }

    private void collect(
            PropertySchema place, JsonNode node, String pointer, String key, JsonNode value, int depth, int added) {
        CompiledSchema shape = place.shape();
        if (shape.choice() != null) {
            for (PropertySchema branch : branches(shape.choice(), node)) {
                collect(branch, node, pointer, key, value, depth, added);
            }
            return;
        }
        PropertySchema home = shape.properties().get(key);
        if (home != null && !home.answerOnly() && !pointer.equals(from) && takes(home, value)) {
            homes.add(new Home(pointer + '/' + JsonPointers.escape(key), home.deprecated(), added, steps(pointer)));
        }
        if (depth == DEEPEST) {
            return;
        }
        for (Map.Entry<String, PropertySchema> property : shape.properties().entrySet()) {
            JsonNode child = node.path(property.getKey());
            int missing = child.isMissingNode() || child.isNull() ? 1 : 0;
            boolean looked = missing == 0
                    ? child.isObject()
                    : added < MOST_ADDED && !property.getValue().deprecated();
            if (looked && (property.getValue().kinds() & JsonKinds.OBJECT) != 0) {
                collect(
                        property.getValue(),
                        child,
                        pointer + '/' + JsonPointers.escape(property.getKey()),
                        key,
                        value,
                        depth + 1,
                        added + missing);
            }
        }
    }

    private static Collection<PropertySchema> branches(CompiledSchema.Choice choice, JsonNode node) {
        if (node.isObject()) {
            PropertySchema branch = choice.of(node);
            return branch == null ? List.of() : List.of(branch);
        }
        return choice.branches().values();
    }

    /** Returns true if the home's JSON types include the value's. */
    static boolean takes(PropertySchema home, JsonNode value) {
        int kinds = JsonKinds.of(value);
        boolean number = (kinds & JsonKinds.NUMBER) != 0 && (home.kinds() & JsonKinds.NUMBER) != 0;
        return (home.kinds() & kinds) != 0 || number;
    }

    private int steps(String pointer) {
        String[] here = from.split("/");
        String[] there = pointer.split("/");
        int common = 0;
        while (common < Math.min(here.length, there.length) && here[common].equals(there[common])) {
            common++;
        }
        return here.length + there.length - 2 * common;
    }
}
