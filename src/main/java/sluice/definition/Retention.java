package sluice.definition;

import java.time.Period;
import java.util.Map;

/**
 * How long rows stay, and where.
 *
 * @param keep how long rows stay queryable, or null for always
 * @param hot how long rows stay in the {@code tiers} that are not the default tier, or null for as long as they are kept
 * @param tiers number of replicas per tier, empty for Druid's default
 * @param purgeAfter how long an unused segment stays in deep storage, or null for always
 */
public record Retention(Period keep, Period hot, Map<String, Integer> tiers, Period purgeAfter) {

    public Retention {
        tiers = Map.copyOf(tiers);
    }
}
