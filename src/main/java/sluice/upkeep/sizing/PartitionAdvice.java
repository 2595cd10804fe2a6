package sluice.upkeep.sizing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.core.batch.SizeText;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;

/**
 * Recommends partitions.
 *
 * <p>If a time chunk needs several segments and typical queries filter by a dimension, the advice is ranges of that dimension:
 * Druid then reads only segments that can contain the value. Otherwise it is about sizes of the definition that are far from
 * the target; {@code auto} needs no advice.
 */
final class PartitionAdvice {

    private static final double MAX_FACTOR = 2;

    private final Definition definition;
    private final ChunkSizes sizes;

    PartitionAdvice(Definition definition, ChunkSizes sizes) {
        this.definition = definition;
        this.sizes = sizes;
    }

    Optional<Finding> partitions() {
        return byFilters().or(this::bySize);
    }

    private Optional<Finding> byFilters() {
        Optional<String> dimension = mostFiltered();
        JsonNode given = given();
        if (dimension.isEmpty()
                || sizes.segmentsPerChunk() < 2
                || given.at("/partitionDimensions/0").asText().equals(dimension.get())
                || given.path("partitionDimension").asText().equals(dimension.get())) {
            return Optional.empty();
        }
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("type", "range");
        ArrayNode dimensions = spec.putArray("partitionDimensions");
        dimensions.add(dimension.get());
        spec.put("targetRowsPerSegment", sizes.rowsPerSegment());
        boolean appends = definition.batch() == null || definition.batch().mode() == Mode.APPEND;
        return Optional.of(SizingCode.PARTITIONS.finding(
                "/batch/partitions",
                "Typical queries filter by " + dimension.get() + ", and a usual time chunk needs "
                        + sizes.segmentsPerChunk() + " segments: partitioned by it, queries would read only some"
                        + (appends ? "; appended rows get such partitions by compaction" : ""),
                spec.toString()));
    }

    private Optional<Finding> bySize() {
        JsonNode given = given();
        long rows = Math.max(
                given.path("maxRowsPerSegment").asLong(),
                given.path("targetRowsPerSegment").asLong());
        long wanted = sizes.rowsPerSegment();
        if (rows > 0 && (rows > wanted * MAX_FACTOR || rows * MAX_FACTOR < wanted)) {
            return Optional.of(SizingCode.PARTITIONS.finding(
                    "/batch/partitions",
                    "At " + SizeText.bytes(sizes.bytesPerRow()) + " per row, " + rows + " rows take "
                            + SizeText.bytes(rows * sizes.bytesPerRow()),
                    "auto, or " + wanted + " rows a segment"));
        }
        long shards = given.path("numShards").asLong();
        long segments = sizes.segmentsPerChunk();
        return shards > 0 && (shards > segments * MAX_FACTOR || shards * MAX_FACTOR < segments)
                ? Optional.of(SizingCode.PARTITIONS.finding(
                        "/batch/partitions",
                        "A usual time chunk is cut into " + shards + " segments",
                        "auto, or numShards " + segments))
                : Optional.empty();
    }

    private JsonNode given() {
        BatchDefinition batch = definition.batch();
        return batch == null || batch.partitionsAreAuto() ? JsonNodeFactory.instance.objectNode() : batch.partitions();
    }

    /** Returns the dimension that most typical queries filter by; of several, the one that comes first. */
    private Optional<String> mostFiltered() {
        Set<String> dimensions = new TreeSet<>();
        definition.schema().dataSchema().at("/dimensionsSpec/dimensions").forEach(dimension -> {
            // Range partitions are over string dimensions.
            if (dimension.isTextual() || dimension.path("type").asText("string").equals("string")) {
                dimensions.add(
                        dimension.isTextual()
                                ? dimension.textValue()
                                : dimension.path("name").asText());
            }
        });
        Map<String, Integer> uses = new LinkedHashMap<>();
        definition.queries().stream()
                .flatMap(query -> query.filters().stream().distinct())
                .filter(dimensions::contains)
                .forEach(column -> uses.merge(column, 1, Integer::sum));
        List<Map.Entry<String, Integer>> ordered = uses.entrySet().stream()
                .sorted(Comparator.comparing(use -> -use.getValue()))
                .toList();
        return ordered.stream().map(Map.Entry::getKey).findFirst();
    }
}
