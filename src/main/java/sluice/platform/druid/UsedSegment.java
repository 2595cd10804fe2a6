package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A used segment, as {@code sys.segments} has it.
 *
 * @param start start of its time chunk
 * @param end end of its time chunk, exclusive
 * @param rows stored rows; the broker may show 0 for a while
 * @param bytes size in deep storage
 * @param overshadowed whether a newer version overshadows it
 */
public record UsedSegment(
        String id, Instant start, Instant end, String version, long rows, long bytes, boolean overshadowed) {

    static final String COLUMNS =
            "\"segment_id\", \"start\", \"end\", \"version\", \"num_rows\", \"size\", \"is_overshadowed\"";

    static UsedSegment of(JsonNode row) {
        return new UsedSegment(
                row.path("segment_id").asText(),
                DruidTime.parse(row.path("start").asText()),
                DruidTime.parse(row.path("end").asText()),
                row.path("version").asText(),
                row.path("num_rows").asLong(),
                row.path("size").asLong(),
                row.path("is_overshadowed").asInt() == 1);
    }
}
