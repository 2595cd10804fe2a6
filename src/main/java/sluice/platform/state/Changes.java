package sluice.platform.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sluice.platform.state.StateTable.DueLane;

/**
 * Changes that one update makes to an item. Each method returns the changes plus one.
 *
 * @param each at most one per attribute, and none of the key
 */
public record Changes(List<Change> each) {

    /** No change yet. */
    public static final Changes NONE = new Changes(List.of());

    public Changes {
        each = List.copyOf(each);
        Set<String> attributes = new HashSet<>(Set.of(Key.PK, Key.SK));
        for (Change change : each) {
            if (!attributes.add(change.attribute())) {
                throw new IllegalArgumentException(
                        "An update may change an attribute only once, and never the key: " + change.attribute());
            }
        }
    }

    public Changes set(String attribute, String text) {
        return and(new Change.Assign(attribute, Value.of(text)));
    }

    public Changes set(String attribute, long number) {
        return and(new Change.Assign(attribute, Value.of(number)));
    }

    public Changes set(String attribute, Instant time) {
        return and(new Change.Assign(attribute, Value.of(time)));
    }

    public Changes setIfAbsent(String attribute, Instant time) {
        return and(new Change.AssignIfAbsent(attribute, Value.of(time)));
    }

    /** Adds to a number; an absent one counts as zero. */
    public Changes add(String attribute, long number) {
        return and(new Change.Add(attribute, Value.of(number)));
    }

    /** Adds to a set of texts; an absent one counts as empty. */
    public Changes add(String attribute, Collection<String> texts) {
        return and(new Change.Add(attribute, Value.of(texts)));
    }

    public Changes remove(String... attributes) {
        Changes changes = this;
        for (String attribute : attributes) {
            changes = changes.and(new Change.Remove(attribute));
        }
        return changes;
    }

    /** Puts the item into the due index at a time, see {@link Item#due}. */
    public Changes due(String spreadBy, Instant at) {
        return due(DueLane.STEPS, spreadBy, at);
    }

    /** Puts the item into a lane of the due index. */
    public Changes due(DueLane lane, String spreadBy, Instant at) {
        return set(StateTable.DUE_SHARD, lane.shard(spreadBy)).set(StateTable.DUE_AT, at);
    }

    /** Takes the item out of the due index. */
    public Changes notDue() {
        return remove(StateTable.DUE_SHARD, StateTable.DUE_AT);
    }

    private Changes and(Change change) {
        List<Change> more = new ArrayList<>(each);
        more.add(change);
        return new Changes(more);
    }

    /** A change of one attribute of an item. */
    public sealed interface Change {

        String attribute();

        /** Sets the attribute. */
        record Assign(String attribute, Value value) implements Change {}

        /** Sets the attribute if the item does not have it. */
        record AssignIfAbsent(String attribute, Value value) implements Change {}

        /**
         * Adds a number to a number, or texts to a set. An absent attribute counts as zero or as an empty set.
         *
         * @param value a {@link Value.Number} or {@link Value.Texts}
         */
        record Add(String attribute, Value value) implements Change {
            public Add {
                if (!(value instanceof Value.Number) && !(value instanceof Value.Texts)) {
                    throw new IllegalArgumentException("Only a number or a set can be added, not " + value);
                }
            }
        }

        /** Removes the attribute, if the item has it. */
        record Remove(String attribute) implements Change {}
    }
}
