package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Converts the partitions of a tuningConfig, in their present and their old form. */
final class PartitionsImport {

    /** Fields from before partitionsSpec existed, which Druid still reads. */
    private static final List<String> OLD_PARTITIONS =
            List.of("maxRowsPerSegment", "maxTotalRows", "numShards", "partitionDimensions", "targetPartitionSize");

    private PartitionsImport() {}

    /** Returns the partitions as a partitionsSpec, and removes their fields from the tuningConfig. */
    static JsonNode take(ObjectNode tuningConfig) {
        boolean isPerfect = tuningConfig.path("forceGuaranteedRollup").asBoolean(false);
        tuningConfig.remove("forceGuaranteedRollup");
        ObjectNode old = JsonNodeFactory.instance.objectNode();
        for (String name : OLD_PARTITIONS) {
            JsonNode value = tuningConfig.remove(name);
            if (value != null && !value.isNull() && !(value.isArray() && value.isEmpty())) {
                old.set(name.equals("targetPartitionSize") ? "maxRowsPerSegment" : name, value);
            }
        }
        JsonNode given = tuningConfig.remove("partitionsSpec");
        if (given instanceof ObjectNode partitions) {
            String type = partitions.path("type").asText();
            ImportDefaults.strip(partitions, "partitionsSpec", type);
            return partitions.put("type", type);
        }
        ObjectNode partitions = JsonNodeFactory.instance.objectNode().put("type", isPerfect ? "hashed" : "dynamic");
        old.properties().forEach(field -> {
            boolean belongs = field.getKey().equals("maxRowsPerSegment")
                    || isPerfect != field.getKey().equals("maxTotalRows");
            if (belongs) {
                partitions.set(field.getKey(), field.getValue());
            }
        });
        return partitions;
    }
}
