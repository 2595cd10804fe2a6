package sluice.core.definition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long rows are kept, and where. Periods are ISO-8601, such as {@code P365D}, as in Druid's rules.
 *
 * @param keep how long rows stay queryable; null for ever
 * @param hot how long rows stay in the {@code tiers} other than the default tier; null for as long as they are kept
 * @param tiers number of replicas per tier; empty for Druid's default
 * @param purgeAfter how long an unused segment stays in deep storage; null for ever
 */
public record Retention(
        @Nullable String keep, @Nullable String hot, Map<String, Integer> tiers, @Nullable String purgeAfter) {

    public Retention {
        tiers = Map.copyOf(tiers);
    }
}
