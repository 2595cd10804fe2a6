package sluice.core.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import sluice.core.definition.Compaction;
import sluice.core.definition.Definition;
import sluice.core.definition.Rollup;

/**
 * Generates Druid's automatic compaction of a definition's datasource (<a
 * href="https://druid.apache.org/docs/latest/data-management/automatic-compaction">automatic compaction</a>).
 *
 * <ul>
 *   <li>Time chunks remain those of the definition. With rollup, compaction combines rows that batch and stream left
 *       apart, by the metrics of the segments. Without rollup it combines nothing. If the definition leaves rollup to a
 *       measurement, compaction keeps what the segments have.
 *   <li>Metrics are never set: aggregators such as {@code count} would count rolled-up rows again.
 *   <li>Partitions are those of the batch part, if it has any, so that compaction does not undo them. Otherwise,
 *       segments hold {@link SpecDefaults#targetRows} rows: hashed with rollup, because only then equal rows meet, and
 *       dynamic without.
 *   <li>Beside a stream or an appending batch part, locks are concurrent.
 * </ul>
 */
public final class CompactionGenerator {

    private CompactionGenerator() {}

    /**
     * Returns Druid's configuration {@code {dataSource, engine, skipOffsetFromLatest?, granularitySpec, tuningConfig,
     * taskContext}}. The same definition and defaults give the same bytes. Empty if the definition wants no automatic
     * compaction.
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

    /** Returns the configuration with the marks of its origin, which are not part of its hash. */
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
