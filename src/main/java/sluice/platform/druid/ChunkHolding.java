package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The active segments of a time chunk, in numbers.
 *
 * @param interval {@code <start>/<end>}, as Druid writes it
 * @param segments number of segments
 * @param rows stored rows; the broker may show 0 for a while
 * @param bytes size in deep storage
 */
public record ChunkHolding(String interval, long segments, long rows, long bytes) {

    static ChunkHolding of(JsonNode row) {
        return new ChunkHolding(
                row.path("start").asText() + "/" + row.path("end").asText(),
                row.path("segments").asLong(),
                row.path("stored").asLong(),
                row.path("bytes").asLong());
    }
}
