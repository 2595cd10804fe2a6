package sluice.upkeep.compaction;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.Definition;
import sluice.core.definition.Rollup;
import sluice.core.spec.CompactionGenerator;
import sluice.core.spec.GeneratedSpec;
import sluice.core.spec.SegmentTarget;
import sluice.core.spec.SpecDefaults;

/**
 * Makes the Druid task that compacts a time chunk
 * (<a href="https://druid.apache.org/docs/latest/data-management/manual-compaction">manual compaction</a>).
 *
 * <p>The task leaves out columns, metrics, queryGranularity and rollup, so Druid keeps those of the segments. It contains a
 * hash of the segments that Sluice has seen; if Druid finds others, the task fails and changes nothing.
 *
 * <p>Partitions come from the first of these that applies:
 *
 * <ol>
 *   <li>Druid's automatic compaction, if the definition asks for it, so that it does not compact the chunk again
 *   <li>the definition's own {@code partitions}
 *   <li>the sizes of the chunk, as for a run that replaces it: {@code hashed} with rollup, so that equal rows meet, and
 *       {@code dynamic} without
 * </ol>
 */
final class CompactTask {

    static final String PAGE = "https://druid.apache.org/docs/latest/data-management/manual-compaction";

    private CompactTask() {}

    static ObjectNode of(
            Definition definition, ChunkContents contents, CompactionInvariant before, SpecDefaults defaults) {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("type", "compact").put("dataSource", definition.datasource());
        task.putObject("ioConfig")
                .put("type", "compact")
                .putObject("inputSpec")
                .put("type", "interval")
                .put("interval", contents.chunk().interval())
                .put("sha256OfSortedSegmentIds", contents.druidHash());
        task.putObject("granularitySpec")
                .put(
                        "segmentGranularity",
                        definition.schema().segmentGranularity().name());
        task.set("tuningConfig", tuning(definition, contents, defaults));
        ObjectNode context = task.putObject("context");
        // Tells Druid's automatic compaction that the chunk is compacted.
        context.put("storeCompactionState", true);
        if (definition.isAppendedTo()) {
            context.put("useConcurrentLocks", true);
        }
        before.writeTo(context);
        return task;
    }

    private static ObjectNode tuning(Definition definition, ChunkContents contents, SpecDefaults defaults) {
        ObjectNode partitions = partitions(definition, contents, defaults);
        ObjectNode tuning = JsonNodeFactory.instance.objectNode().put("type", "index_parallel");
        tuning.set("partitionsSpec", partitions);
        tuning.put(
                "forceGuaranteedRollup",
                !partitions.path("type").asText("dynamic").equals("dynamic"));
        tuning.put(
                "maxNumConcurrentSubTasks",
                defaults.subTasks(contents.bytes(), contents.segments().size()));
        if (defaults.maxRowsInMemory() != null) {
            tuning.put("maxRowsInMemory", defaults.maxRowsInMemory());
        }
        if (defaults.taskStatusCheckPeriodMs() != null) {
            tuning.put("taskStatusCheckPeriodMs", defaults.taskStatusCheckPeriodMs());
        }
        return tuning;
    }

    private static ObjectNode partitions(Definition definition, ChunkContents contents, SpecDefaults defaults) {
        Optional<GeneratedSpec> automatic = CompactionGenerator.generate(definition, defaults);
        if (automatic.isPresent()) {
            return automatic.get().spec().withObject("/tuningConfig/partitionsSpec");
        }
        BatchDefinition batch = definition.batch();
        if (batch != null && !batch.partitionsAreAuto()) {
            return batch.partitions().deepCopy();
        }
        SegmentTarget target = SegmentTarget.of(defaults);
        ObjectNode partitions = JsonNodeFactory.instance.objectNode();
        boolean mayMeet = definition.schema().rollup() != Rollup.OFF
                && definition.schema().hasMetrics();
        return mayMeet
                ? partitions.put("type", "hashed").put("numShards", target.segments(contents.rows(), contents.bytes()))
                : partitions
                        .put("type", "dynamic")
                        .put("maxRowsPerSegment", target.rowsPerSegment((double) contents.bytes() / contents.rows()));
    }
}
