package sluice.upkeep.retention;

import org.jspecify.annotations.Nullable;

/**
 * What a sweep is allowed to do.
 *
 * @param maxShare largest share of the datasource that it may mark unused, or purge, 0 to 1
 * @param orphanRefusal why the sweep must not delete a datasource without a definition; null if it may
 * @param notLoaded whether it may mark segments unused that no data server serves
 * @param wanted whether it may purge segments that the definition still wants
 */
record SweepPermissions(double maxShare, @Nullable String orphanRefusal, boolean notLoaded, boolean wanted) {}
