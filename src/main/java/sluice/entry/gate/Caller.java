package sluice.entry.gate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who calls, and what they may do.
 *
 * @param name ARN of an IAM principal, subject of a token, or {@code anonymous}
 * @param datasources patterns of the datasources that each role extends to
 */
record Caller(String name, Map<Role, Set<NamePattern>> datasources) {

    Caller {
        datasources = Map.copyOf(datasources);
    }

    /** A caller who may do all of this with every datasource. */
    static Caller of(String name, List<Role> roles) {
        Map<Role, Set<NamePattern>> all = new EnumMap<>(Role.class);
        roles.forEach(role -> all.put(role, Set.of(NamePattern.ANY)));
        return new Caller(name, all);
    }

    /** Returns true if the caller has the role for at least one datasource. */
    boolean has(Role role) {
        return datasources.containsKey(role);
    }

    boolean may(Role role, String datasource) {
        return datasources.getOrDefault(role, Set.of()).stream().anyMatch(pattern -> pattern.matches(datasource));
    }

    /** Returns true if the caller has the role for every datasource. */
    boolean mayAll(Role role) {
        return datasources.getOrDefault(role, Set.of()).contains(NamePattern.ANY);
    }
}
