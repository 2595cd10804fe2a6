package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The sizes of the active segments of a time chunk.
 *
 * @param start start of the chunk
 * @param end end of the chunk, exclusive
 * @param segments number of segments
 * @param small number of segments that reach neither the rows nor the bytes of the target
 * @param rows stored rows
 * @param bytes size in deep storage
 */
public record ChunkSize(Instant start, Instant end, long segments, long small, long rows, long bytes) {

    static ChunkSize of(JsonNode row) {
        return new ChunkSize(
                DruidTime.parse(row.path("start").asText()),
                DruidTime.parse(row.path("end").asText()),
                row.path("segments").asLong(),
                row.path("small").asLong(),
                row.path("stored").asLong(),
                row.path("bytes").asLong());
    }
}
