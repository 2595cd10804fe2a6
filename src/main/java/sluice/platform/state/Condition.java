package sluice.platform.state;

import java.time.Instant;
import java.util.List;

/**
 * A condition on the stored item, which must hold for a write to take effect. An absent item has no attributes.
 */
public sealed interface Condition {

    /** Always holds. */
    Condition ALWAYS = new Always();

    /** No item is stored under the key. */
    static Condition absent() {
        return lacks(Key.PK);
    }

    /** An item is stored under the key. */
    static Condition present() {
        return has(Key.PK);
    }

    static Condition has(String attribute) {
        return new Has(attribute);
    }

    static Condition lacks(String attribute) {
        return new Lacks(attribute);
    }

    static Condition equal(String attribute, String text) {
        return new Compared(attribute, Comparison.EQUAL, Value.of(text));
    }

    static Condition equal(String attribute, long number) {
        return new Compared(attribute, Comparison.EQUAL, Value.of(number));
    }

    static Condition equal(String attribute, Instant time) {
        return new Compared(attribute, Comparison.EQUAL, Value.of(time));
    }

    /** The attribute has another value, another type, or is absent. */
    static Condition differs(String attribute, String text) {
        return new Compared(attribute, Comparison.DIFFERENT, Value.of(text));
    }

    /** The attribute is present and holds an earlier time. */
    static Condition before(String attribute, Instant time) {
        return new Compared(attribute, Comparison.LESS, Value.of(time));
    }

    /** The attribute is present and holds a smaller number. */
    static Condition less(String attribute, long number) {
        return new Compared(attribute, Comparison.LESS, Value.of(number));
    }

    default Condition and(Condition other) {
        return new All(List.of(this, other));
    }

    default Condition or(Condition other) {
        return new Any(List.of(this, other));
    }

    /** How the stored value compares with the given one. */
    enum Comparison {
        EQUAL,
        DIFFERENT,
        LESS
    }

    /** See {@link #ALWAYS}. */
    record Always() implements Condition {}

    /** The item has the attribute. */
    record Has(String attribute) implements Condition {}

    /** The item has no such attribute. */
    record Lacks(String attribute) implements Condition {}

    /** The comparison of the attribute with the value holds. */
    record Compared(String attribute, Comparison comparison, Value value) implements Condition {}

    /** All conditions hold. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** At least one condition holds. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }
}
