package sluice.upkeep.retention;

/**
 * What a sweep is allowed.
 *
 * @param mostShare largest share of the datasource that it may mark unused, or purge
 * @param orphan why a datasource without a definition is left as it is, or null where it may go
 * @param notLoaded whether segments that nobody serves may go
 */
record Permit(double mostShare, String orphan, boolean notLoaded) {}
