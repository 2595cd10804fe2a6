package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import sluice.core.definition.Compaction;
import sluice.core.definition.Definition;
import sluice.core.definition.Rollup;

/**
 * Finds versions that make Druid's automatic compaction rewrite history for good. Druid compacts every time chunk that is not
 * as its configuration says ({@code CompactionStatus.queryGranularityIsUpToDate}). Rows that were rolled up once, or rolled up
 * to a coarser granularity, cannot be taken apart again.
 */
public final class HistoryRewrite {

    private HistoryRewrite() {}

    /** Returns what is lost if compaction treats the rows of an earlier version as the new one says; empty if nothing. */
    public static Optional<String> between(Definition before, Definition after) {
        if (after.compaction().engine() == Compaction.Engine.NONE) {
            return Optional.empty();
        }
        boolean wasRolledUp = before.schema().rollup() == Rollup.ON;
        boolean isRolledUp = after.schema().rollup() == Rollup.ON;
        if (isRolledUp && !wasRolledUp) {
            return Optional.of("rollup is switched on");
        }
        JsonNode old = before.schema().queryGranularity();
        JsonNode now = after.schema().queryGranularity();
        return isRolledUp && Granularities.isCoarser(now, old)
                ? Optional.of("queryGranularity becomes " + now.asText() + ", and was " + old.asText())
                : Optional.empty();
    }

    /**
     * Returns what is lost if a cluster's compaction configuration is replaced by another; empty if nothing.
     *
     * @param live the configuration in a form with named granularities
     */
    public static Optional<String> betweenConfigs(JsonNode live, JsonNode wanted) {
        JsonNode before = live.path("granularitySpec");
        JsonNode after = wanted.path("granularitySpec");
        if (after.path("rollup").asBoolean()
                && before.path("rollup").isBoolean()
                && !before.path("rollup").asBoolean()) {
            return Optional.of("rollup is switched on");
        }
        JsonNode old = before.path("queryGranularity");
        JsonNode now = after.path("queryGranularity");
        return Granularities.isCoarser(now, old)
                ? Optional.of("queryGranularity becomes " + now.asText() + ", and was " + old.asText())
                : Optional.empty();
    }
}
