package sluice.core.contract;

import java.util.Set;
import java.util.TreeSet;

/**
 * A Druid version and the one whose jars its schemas come from. Not every version's jars are public, so the schemas of the
 * others are those of the nearest version below, with the changes that Druid's sources show
 * ({@code druid-contract/changes.json}).
 *
 * @param name Druid's major version
 * @param derivedFrom the version with schemas of its own
 */
record KnownVersion(String name, String derivedFrom) {
    private static final Set<String> OWN = Set.of("33", "37");
    private static final int FIRST = 33;
    private static final int LAST = 38;

    /** @throws IllegalArgumentException for an unknown version; the message names the known ones */
    static KnownVersion of(String name) {
        if (!all().contains(name)) {
            throw new IllegalArgumentException(
                    "no contract for Druid " + name + ": known are " + String.join(", ", all()));
        }
        int below = Integer.parseInt(name);
        while (!OWN.contains(Integer.toString(below))) {
            below--;
        }
        return new KnownVersion(name, Integer.toString(below));
    }

    static Set<String> all() {
        Set<String> all = new TreeSet<>();
        for (int version = FIRST; version <= LAST; version++) {
            all.add(Integer.toString(version));
        }
        return all;
    }

    /** Returns the known version that is nearest to the one that a cluster answers, as {@code 36.0.1}. */
    static String nearest(String answered) {
        String major = answered.replaceFirst("[^0-9].*", "");
        if (major.isEmpty() || major.length() > 3) {
            return Integer.toString(LAST);
        }
        return Integer.toString(Math.min(LAST, Math.max(FIRST, Integer.parseInt(major))));
    }

    boolean hasOwnSchemas() {
        return name.equals(derivedFrom);
    }

    /** Returns the version whose schemas have the definitions that came after {@link #derivedFrom}. */
    String donor() {
        return "37";
    }
}
