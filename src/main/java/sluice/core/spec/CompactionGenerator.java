package sluice.core.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import sluice.core.definition.Compaction;
import sluice.core.definition.Definition;
import sluice.core.definition.Rollup;

/**
 * Makes Druid's automatic compaction of a definition's datasource
 * (<a href="https://druid.apache.org/docs/latest/data-management/automatic-compaction">automatic compaction</a>).
 *
 * <ul>
 *   <li>Time chunks stay those of the definition; where it says rollup, rows that batch and stream left apart become one, by
 *       the metrics that the segments have. Without it nothing is combined, and where the definition leaves rollup open to a
 *       measurement, compaction keeps what the segments have.
 *   <li>Metrics are never given: aggregators such as {@code count} would count rolled-up rows again.
 *   <li>Partitions are the batch part's own where it has some, so that compaction does not undo them. Otherwise segments
 *       hold the rows that {@link SpecDefaults#targetRows} says: hashed with rollup, because only then equal rows meet, and
 *       dynamic without.
 *   <li>Beside a stream, or a batch part that appends, locks are concurrent.
 * </ul>
 */
public final class CompactionGenerator {

    private CompactionGenerator() {}

    /**
     * Druid's configuration {@code {dataSource, engine, skipOffsetFromLatest?, granularitySpec, tuningConfig,
     * taskContext}}, the same bytes whenever definition and defaults are the same; empty where the definition wants no
     * automatic compaction.
     */
    public static Optional<GeneratedSpec> generate(Definition definition, SpecDefaults defaults) {
        Compaction compaction = definition.compaction();
        if (compaction.engine() == Compaction.Engine.NONE) {
            return Optional.empty();
        }
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("dataSource", definition.datasource());
        config.put("engine", compaction.engine().name().toLowerCase(Locale.ROOT));
        if (compaction.skipOffsetFromLatest() != null) {
            config.put("skipOffsetFromLatest", compaction.skipOffsetFromLatest());
        }
        ObjectNode granularity = config.putObject("granularitySpec");
        granularity.put(
                "segmentGranularity", definition.schema().segmentGranularity().name());
        boolean measured = definition.schema().rollup() == Rollup.AUTO
                && definition.stream().isEmpty();
        RollupChoice rollup = RollupChoice.of(definition, SpecHints.NONE);
        if (!measured) {
            granularity.put("rollup", rollup.rollup());
        }
        boolean rollsUp = !measured && rollup.rollup();
        boolean open = definition.schema().queryGranularityIsAuto()
                && definition.stream().isEmpty();
        if (rollsUp && !open) {
            granularity.set("queryGranularity", rollup.queryGranularity());
        }
        config.putObject("tuningConfig").set("partitionsSpec", partitions(definition, rollsUp, defaults));
        ObjectNode context = config.putObject("taskContext");
        if (definition.isAppendedTo()) {
            context.put("useConcurrentLocks", true);
        }
        return Optional.of(new GeneratedSpec(config));
    }

    /** The configuration with the marks that say who made it; they are no part of its hash. */
    public static ObjectNode bound(GeneratedSpec config, String definitionHash) {
        ObjectNode bound = config.spec();
        SettingsMarks.put(bound.withObjectProperty("taskContext"), config.hash(), definitionHash);
        return bound;
    }

    private static ObjectNode partitions(Definition definition, boolean rollsUp, SpecDefaults defaults) {
        if (definition.batch() != null && !definition.batch().partitionsAreAuto()) {
            return definition.batch().partitions().deepCopy();
        }
        ObjectNode partitions = JsonNodeFactory.instance.objectNode();
        return rollsUp
                ? partitions.put("type", "hashed").put("targetRowsPerSegment", defaults.targetRows())
                : partitions.put("type", "dynamic").put("maxRowsPerSegment", defaults.targetRows());
    }
}
