package sluice.entry.gate;

import java.util.Locale;

/** What a caller may do. No role includes another. */
enum Role {
    /** See definitions, runs, clusters, objects and reports. */
    READ,
    /** Lint, plan, and see what sweeps would do. */
    PLAN,
    /** See rows of files in plans, and Druid's words about rows that it cannot read. */
    DATA,
    /** Change which definition is active. */
    APPLY,
    /** Start and cancel runs, sweep within the limits of the environment, and restore data. */
    OPERATE,
    /** Sweep beyond the limits that apply without a person's word. */
    DESTROY;

    /** Returns the name in the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
