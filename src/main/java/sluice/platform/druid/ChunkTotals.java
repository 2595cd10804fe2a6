package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Totals of one version of a time chunk, over the segments that queries see.
 *
 * @param start start of the time chunk
 * @param end end of the time chunk, exclusive
 * @param segments number of segments
 * @param rows stored rows; the broker may show 0 for a while
 * @param bytes size in deep storage
 * @param served number of those segments that data servers have, or that the rules keep in deep storage only
 */
public record ChunkTotals(Instant start, Instant end, String version, int segments, long rows, long bytes, int served) {

    static ChunkTotals of(JsonNode row) {
        return new ChunkTotals(
                DruidTime.parse(row.path("start").asText()),
                DruidTime.parse(row.path("end").asText()),
                row.path("version").asText(),
                row.path("segments").asInt(),
                row.path("rows").asLong(),
                row.path("bytes").asLong(),
                row.path("served").asInt());
    }

    /** Returns true if queries find every segment of the version. */
    public boolean isServed() {
        return served >= segments;
    }
}
