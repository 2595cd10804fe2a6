package sluice.core.definition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long rows stay, and where. Spans are ISO-8601 texts such as {@code P365D}, as Druid's rules take them.
 *
 * @param keep how long rows stay queryable, or null for always
 * @param hot how long rows stay in the {@code tiers} that are not the default tier, or null for as long as they are kept
 * @param tiers number of replicas per tier, empty for Druid's default
 * @param purgeAfter how long an unused segment stays in deep storage, or null for always
 */
public record Retention(
        @Nullable String keep, @Nullable String hot, Map<String, Integer> tiers, @Nullable String purgeAfter) {

    public Retention {
        tiers = Map.copyOf(tiers);
    }
}
