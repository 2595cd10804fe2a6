package sluice.core.definition.reader;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The variables that a definition may use as <code>${NAME}</code>. Only listed names are ever looked up, so a
 * definition cannot read a function's credentials from its environment.
 *
 * <p>A variable is public: findings, plans and specs quote its value. A secret has no value here. A definition uses it in the
 * same way, but only where secrets belong, and gets a placeholder.
 *
 * @param allowed the names of variables that may be used
 * @param values their values; a name without a value is unset
 * @param secrets the names of secrets that may be used; a name that is a variable, too, is a secret
 */
public record Variables(Set<String> allowed, Map<String, String> values, Set<String> secrets) {

    public static final Variables NONE = new Variables(Set.of(), Map.of());

    /** Variables without secrets. */
    public Variables(Set<String> allowed, Map<String, String> values) {
        this(allowed, values, Set.of());
    }

    public Variables {
        allowed = Set.copyOf(allowed);
        Map<String, String> known = new TreeMap<>(values);
        known.keySet().retainAll(allowed);
        known.keySet().removeAll(secrets);
        values = Map.copyOf(known);
        secrets = Set.copyOf(secrets);
    }

    /** Allows every name in the map. */
    public static Variables of(Map<String, String> values) {
        return new Variables(values.keySet(), values);
    }

    Set<String> sorted() {
        Set<String> names = new TreeSet<>(allowed);
        names.addAll(secrets);
        return names;
    }
}
