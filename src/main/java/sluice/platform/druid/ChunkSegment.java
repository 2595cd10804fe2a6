package sluice.platform.druid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A row of {@code sys.segments} with the columns that a decision about compaction needs.
 *
 * @param interval its own time chunk, as Druid writes it
 * @param partition its number among the segments of its version
 * @param corePartitions number of segments that make its version complete; later ones were appended
 * @param rows stored rows; 0 while the broker does not know them
 * @param bytes size in deep storage
 * @param served whether it is published and data servers have it
 * @param compacted whether a compaction wrote it, one of Druid's own or one of Sluice
 * @param metrics names of its metric columns
 */
public record ChunkSegment(
        String id,
        String interval,
        String version,
        int partition,
        int corePartitions,
        long rows,
        long bytes,
        boolean served,
        boolean compacted,
        List<String> metrics) {

    static final String COLUMNS = "\"segment_id\", \"start\", \"end\", \"version\", \"partition_num\", \"shard_spec\","
            + " \"num_rows\", \"size\", \"is_available\", \"is_published\", \"metrics\","
            + " CASE WHEN \"last_compaction_state\" IS NULL THEN 0 ELSE 1 END AS \"compacted\"";

    /** The order in which Druid hashes the ids of segments ({@code org.apache.druid.timeline.SegmentId}). */
    public static final Comparator<ChunkSegment> ORDER = Comparator.comparing(ChunkSegment::interval)
            .thenComparing(ChunkSegment::version)
            .thenComparing(ChunkSegment::partition);

    private static final ObjectMapper JSON = new ObjectMapper();

    public ChunkSegment {
        metrics = List.copyOf(metrics);
    }

    static ChunkSegment of(JsonNode row) {
        JsonNode shardSpec = read(row.path("shard_spec"));
        List<String> metrics = new ArrayList<>();
        read(row.path("metrics")).forEach(name -> metrics.add(name.asText()));
        return new ChunkSegment(
                row.path("segment_id").asText(),
                row.path("start").asText() + "/" + row.path("end").asText(),
                row.path("version").asText(),
                row.path("partition_num").asInt(),
                shardSpec
                        .path("partitions")
                        .asInt(shardSpec.path("numCorePartitions").asInt()),
                row.path("num_rows").asLong(),
                row.path("size").asLong(),
                row.path("is_available").asInt() == 1
                        && row.path("is_published").asInt() == 1,
                row.path("compacted").asInt() == 1,
                metrics);
    }

    /** Returns true if it is one of the core partitions of its version, not an appended one. */
    public boolean isCore() {
        return partition < corePartitions;
    }

    /** Returns true if it is served and its row count is known. */
    public boolean isCounted() {
        return served && rows > 0;
    }

    private static JsonNode read(JsonNode text) {
        try {
            return JSON.readTree(text.asText(""));
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException("sys.segments has a column that is not JSON: " + text, exception);
        }
    }
}
