package sluice.upkeep.retention;

/**
 * A sweep that a person wants now: it acts at once, without a dry run before.
 *
 * @param author who wants it
 * @param reason why
 * @param mostShare largest share of the datasource that it may mark unused or purge, or null for the environment's
 * @param orphan whether the datasource may go though no definition has it
 * @param notLoaded whether segments may go that nobody serves
 */
public record SweepOrder(String author, String reason, Double mostShare, boolean orphan, boolean notLoaded) {}
