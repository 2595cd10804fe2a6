package sluice.core.definition.reader;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The variables that a definition may use as <code>${NAME}</code>. Only listed names are ever looked up, so a
 * definition cannot read a function's credentials from its environment.
 *
 * @param allowed the names that may be used
 * @param values their values; a name without a value is unset
 */
public record Variables(Set<String> allowed, Map<String, String> values) {

    public static final Variables NONE = new Variables(Set.of(), Map.of());

    public Variables {
        allowed = Set.copyOf(allowed);
        Map<String, String> known = new TreeMap<>(values);
        known.keySet().retainAll(allowed);
        values = Map.copyOf(known);
    }

    /** Allows every name in the map. */
    public static Variables of(Map<String, String> values) {
        return new Variables(values.keySet(), values);
    }

    Set<String> sorted() {
        return new TreeSet<>(allowed);
    }
}
