package sluice.core.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sluice.core.batch.Batch;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Definition;

/**
 * The tuningConfig of a batch task: Sluice's fields, which Druid's fields in the definition override.
 *
 * <p>There is one subtask per {@code bytesPerSubTask} of uncompressed input, at most one per object and at most {@code
 * maxSubTasks}. The input is split evenly among them; with Druid's own split size (1 GiB as stored), one subtask would
 * read all of a small input. {@code maxParseExceptions} is what the definition expects, so that a task stops as soon as
 * too many rows are unparseable, unless the definition only warns. It counts per subtask; the run checks the sum.
 */
final class TuningConfig {

    private TuningConfig() {}

    static ObjectNode of(Definition definition, Batch batch, Partitioning partitioning, SpecDefaults defaults) {
        BatchDefinition given = definition.requireBatch();
        ObjectNode tuning = JsonNodeFactory.instance.objectNode();
        tuning.put("type", "index_parallel");
        tuning.set("partitionsSpec", partitioning.spec());
        tuning.put("forceGuaranteedRollup", partitioning.isPerfect());
        long subTasks = subTasks(definition, batch, defaults);
        tuning.put("maxNumConcurrentSubTasks", subTasks);
        if (subTasks > 1) {
            tuning.putObject("splitHintSpec")
                    .put("type", "maxSize")
                    .put("maxSplitSize", Math.max(1, (batch.bytes() + subTasks - 1) / subTasks));
        }
        tuning.put("logParseExceptions", true);
        tuning.put("maxSavedParseExceptions", defaults.maxSavedParseExceptions());
        Long mostUnparseable = given.expect().unparseable().max();
        if (mostUnparseable != null && given.onViolation() != OnViolation.WARN) {
            tuning.put("maxParseExceptions", Math.min(mostUnparseable, Integer.MAX_VALUE));
        }
        if (defaults.maxRowsInMemory() != null) {
            tuning.put("maxRowsInMemory", defaults.maxRowsInMemory());
        }
        if (defaults.taskStatusCheckPeriodMs() != null) {
            tuning.put("taskStatusCheckPeriodMs", defaults.taskStatusCheckPeriodMs());
        }
        tuning.setAll(given.tuningConfig());
        return tuning;
    }

    private static long subTasks(Definition definition, Batch batch, SpecDefaults defaults) {
        return defaults.subTasks(
                InputSize.of(definition, batch).uncompressed(), batch.objects().size());
    }
}
