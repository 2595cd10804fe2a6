package sluice.upkeep.retention;

import org.jspecify.annotations.Nullable;

/**
 * A sweep that a person requests. It acts at once, without an earlier dry run.
 *
 * @param author who requests it
 * @param reason why
 * @param mostShare largest share of the datasource that it may mark unused or purge, 0 to 1; null for the setting
 * @param orphan whether it may delete a datasource without a definition
 * @param notLoaded whether it may mark segments unused that no data server serves
 * @param wanted whether it may purge segments that {@code keep} still wants and nothing hides
 */
public record SweepRequest(
        String author, String reason, @Nullable Double mostShare, boolean orphan, boolean notLoaded, boolean wanted) {}
