package sluice.govern.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import sluice.core.spec.SettingsMarks;

/** Brings automatic compactions to one normal form, without what Druid adds. */
final class CompactionForm {

    private CompactionForm() {}

    static ObjectNode of(ObjectNode config) {
        ObjectNode form = CanonicalForm.of(config);
        if (form.has("skipOffsetFromLatest")) {
            form.put(
                    "skipOffsetFromLatest",
                    CanonicalForm.span(form.path("skipOffsetFromLatest").asText()));
        }
        if (form.get("taskContext") instanceof ObjectNode context) {
            SettingsMarks.remove(context);
        }
        if (form.get("granularitySpec") instanceof ObjectNode granularity) {
            for (String name : List.of("segmentGranularity", "queryGranularity")) {
                if (granularity.has(name)) {
                    granularity.set(name, SupervisorForm.granularity(granularity.get(name)));
                }
            }
        }
        if (form.get("tuningConfig") instanceof ObjectNode tuning) {
            tuning.remove(List.of("type", "forceGuaranteedRollup")); // both follow from the partitions
            if (tuning.get("partitionsSpec") instanceof ObjectNode partitions) {
                partitions(partitions);
            }
        }
        return CanonicalForm.of(form);
    }

    /** Druid returns the target rows of hashed partitions as {@code maxRowsPerSegment}. */
    private static void partitions(ObjectNode partitions) {
        if (partitions.path("type").asText().equals("hashed") && partitions.has("maxRowsPerSegment")) {
            partitions.set("targetRowsPerSegment", partitions.remove("maxRowsPerSegment"));
        }
        if (partitions.path("partitionFunction").asText().equals("murmur3_32_abs")) {
            partitions.remove("partitionFunction");
        }
        if (partitions.path("assumeGrouped").isBoolean()
                && !partitions.path("assumeGrouped").booleanValue()) {
            partitions.remove("assumeGrouped");
        }
    }
}
