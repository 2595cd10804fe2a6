package sluice.sandbox.fault;

import java.util.Locale;

/**
 * The functions and a process that they call. Overlord, coordinator and broker share the port of Druid's router, so only all
 * three of them can refuse connections.
 */
public enum Pair {
    ROUTER(""),
    OVERLORD("/druid/indexer/"),
    COORDINATOR("/druid/coordinator/"),
    BROKER("/druid/v2/"),
    TABLE(""),
    S3(""),
    BUS("");

    private final String paths;

    Pair(String paths) {
        this.paths = paths;
    }

    boolean isDruid() {
        return compareTo(BROKER) <= 0;
    }

    boolean concerns(HttpMessage request) {
        return request.path().startsWith(paths);
    }

    /** As people write it. */
    public String label() {
        return this == S3 ? "S3" : name().toLowerCase(Locale.ROOT);
    }

    /** Whether this pair can have this fault. */
    public boolean has(NetworkFault fault) {
        return fault == NetworkFault.REFUSED ? paths.isEmpty() : this != ROUTER;
    }
}
