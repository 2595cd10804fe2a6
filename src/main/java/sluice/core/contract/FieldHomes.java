package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.json.JsonPointers;

/**
 * Finds the places of a document that have a field which stands elsewhere. An object that needs the field and lacks it
 * comes first, then objects that are there, then objects that may be added. An entry of a list that could do without
 * the field is a home only if no other place is.
 */
final class FieldHomes {
    private static final int DEEPEST = 8;
    private static final int MOST_ADDED = 2;
    private static final int MOST_NAMED = 2;
    private static final int MOST_ENTRIES = 500;

    /** Names that many objects have: that another object has one says nothing. */
    private static final Set<String> COMMON = Set.of("type", "name", "value", "values", "expression");

    private final PropertySchema root;
    private final JsonNode document;
    private final String from;
    private final List<Home> homes = new ArrayList<>();
    private final Set<String> untyped = new HashSet<>();

    /** How much speaks for a home, the most first. */
    private enum Claim {
        NEEDS_IT,
        CHOOSES_BY_IT,
        HAS_IT,
        ENTRY_HAS_IT
    }

    /**
     * @param claim what speaks for the home
     * @param deprecated true if the home itself is deprecated
     * @param added objects that would have to be added
     * @param steps steps up and down from the field's present place
     */
    private record Home(String pointer, Claim claim, boolean deprecated, int added, int steps) {}

    /** An object on the way down: how deep, how many objects of the way are missing, and whether it is an entry of a list. */
    private record Way(int depth, int added, boolean entry) {}

    /** @param from pointer of the object in which the field stands */
    FieldHomes(PropertySchema root, JsonNode document, String from) {
        this.root = root;
        this.document = document;
        this.from = from;
    }

    /** Returns the pointers of the field at its nearest homes; objects that are there come first. */
    List<String> of(String key, JsonNode value) {
        collect(root, document, "", key, value, new Way(0, 0, false));
        Comparator<Home> order = Comparator.comparing(Home::claim)
                .thenComparing(Home::deprecated)
                .thenComparingInt(Home::added)
                .thenComparingInt(home -> home.claim() == Claim.HAS_IT ? home.steps() : 0);
        homes.sort(order);
        boolean anyEntry = homes.size() > 1 && homes.get(0).claim() == Claim.ENTRY_HAS_IT;
        return anyEntry
                ? List.of()
                : homes.stream()
                        .filter(home -> order.compare(home, homes.get(0)) == 0)
                        .map(Home::pointer)
                        .distinct()
                        .limit(MOST_NAMED)
                        .toList();
    }

    /** Returns true if an object would have to be added for this home that somebody has to choose a type for. */
    boolean needsType(String home) {
        return untyped.stream().anyMatch(home::startsWith);
    }

    /** Returns true if the object has the field without a type, and Druid still wants it there. */
    private static boolean isOfDefault(CompiledSchema.Choice choice, String key) {
        PropertySchema fallback = choice.fallback();
        PropertySchema home =
                fallback == null ? null : fallback.shape().properties().get(key);
        return home != null && !home.deprecated();
    }

    private void collect(PropertySchema place, JsonNode node, String pointer, String key, JsonNode value, Way way) {
        CompiledSchema shape = place.shape();
        if (node.isArray()) {
            entries(shape, node, pointer, key, value, way);
            return;
        }
        CompiledSchema.Choice choice = shape.choice();
        if (choice != null) {
            if (!node.isObject() && !isOfDefault(choice, key)) {
                untyped.add(pointer + '/');
            }
            chosen(choice, node, pointer, key, value, way);
            for (PropertySchema branch : branches(choice, node)) {
                collect(branch, node, pointer, key, value, way);
            }
            return;
        }
        PropertySchema home = shape.properties().get(key);
        if (home != null && !home.answerOnly() && !pointer.equals(from) && takes(home, value)) {
            Claim claim = claim(shape, node, key, way);
            if (claim != null) {
                add(pointer, key, claim, home.deprecated(), way);
            }
        }
        if (way.depth() == DEEPEST) {
            return;
        }
        for (Map.Entry<String, PropertySchema> property : shape.properties().entrySet()) {
            JsonNode child = node.path(property.getKey());
            int missing = child.isMissingNode() || child.isNull() ? 1 : 0;
            boolean looked = missing == 0
                    ? child.isContainerNode()
                    : !way.entry()
                            && way.added() < MOST_ADDED
                            && !property.getValue().deprecated()
                            && (property.getValue().kinds() & JsonKinds.OBJECT) != 0;
            if (looked) {
                collect(
                        property.getValue(),
                        child,
                        pointer + '/' + JsonPointers.escape(property.getKey()),
                        key,
                        value,
                        new Way(way.depth() + 1, way.added() + missing, way.entry()));
            }
        }
    }

    private void entries(CompiledSchema shape, JsonNode list, String pointer, String key, JsonNode value, Way way) {
        if (shape.items() == null || list.size() > MOST_ENTRIES || way.depth() == DEEPEST) {
            return;
        }
        for (int index = 0; index < list.size(); index++) {
            if (list.get(index).isObject()) {
                Way below = new Way(way.depth() + 1, way.added(), true);
                collect(shape.items(), list.get(index), pointer + '/' + index, key, value, below);
            }
        }
    }

    /** An object that is told apart by this field lacks it, and has a kind of that name. */
    private void chosen(
            CompiledSchema.Choice choice, JsonNode node, String pointer, String key, JsonNode value, Way way) {
        boolean lacks = node.isObject() && !node.has(key) && choice.key().equals(key) && !pointer.equals(from);
        if (lacks && choice.branches().containsKey(value.asText())) {
            add(pointer, key, choice.fallback() == null ? Claim.NEEDS_IT : Claim.CHOOSES_BY_IT, false, way);
        }
    }

    /** Returns what speaks for the object; null if nothing does. */
    private static @Nullable Claim claim(CompiledSchema shape, JsonNode node, String key, Way way) {
        boolean lacks = node.isObject() && !node.has(key);
        boolean alternative =
                key.equals("fieldName") && node.has("expression") || key.equals("expression") && node.has("fieldName");
        boolean reads = shape.properties().containsKey("fieldName")
                && shape.properties().containsKey("expression");
        // Druid's deserialiser reads a dimension without a name, and the spec fails later.
        // A filtered aggregator takes the name of the one inside.
        boolean named = way.entry() && key.equals("name") && !shape.properties().containsKey("aggregator");
        boolean needs = named
                || shape.required().contains(key)
                || reads && (key.equals("fieldName") || key.equals("expression"));
        if (lacks && needs && !alternative) {
            return Claim.NEEDS_IT;
        }
        if (COMMON.contains(key)) {
            return null;
        }
        return !way.entry() ? Claim.HAS_IT : lacks ? Claim.ENTRY_HAS_IT : null;
    }

    private void add(String pointer, String key, Claim claim, boolean deprecated, Way way) {
        homes.add(new Home(pointer + '/' + JsonPointers.escape(key), claim, deprecated, way.added(), steps(pointer)));
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
