package sluice.upkeep.backfill;

/** Which end of the interval a backfill begins with. */
public enum BackfillOrder {
    /** The latest time chunks first. */
    NEWEST,
    /** The earliest time chunks first. */
    OLDEST
}
