package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/**
 * A segment that is marked unused: not queryable, but still in the metadata store and in deep storage.
 *
 * @param start start of its time chunk
 * @param end end of its time chunk, exclusive
 * @param bytes size in deep storage
 * @param since when it was marked unused; null if an older Druid marked it and stored no time
 */
public record UnusedSegment(
        String id, Instant start, Instant end, String version, long bytes, @Nullable Instant since) {

    /** Reads {@code {dataSegment: {identifier, interval, version, size ...}, usedStatusLastUpdatedDate ...}}. */
    static UnusedSegment of(JsonNode node) {
        JsonNode segment = node.path("dataSegment");
        TimeChunk interval = DruidTime.interval(segment.path("interval").asText());
        return new UnusedSegment(
                segment.path("identifier").asText(),
                interval.start(),
                interval.end(),
                segment.path("version").asText(),
                segment.path("size").asLong(),
                Optional.ofNullable(node.path("usedStatusLastUpdatedDate").textValue())
                        .map(DruidTime::parse)
                        .orElse(null));
    }
}
