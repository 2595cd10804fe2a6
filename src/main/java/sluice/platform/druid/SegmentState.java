package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A row of {@code sys.segments}.
 *
 * @param id segment id
 * @param available whether a data server serves it now
 * @param overshadowed whether a newer version hides it
 * @param rows stored rows; the broker may show 0 for a while
 * @param bytes size in deep storage
 * @param replicationFactor how many replicas the load rules want; 0 means deep storage only, -1 not known yet
 * @see <a href="https://druid.apache.org/docs/latest/querying/sql-metadata-tables#segments-table">Segments table</a>
 */
public record SegmentState(
        String id, boolean available, boolean overshadowed, long rows, long bytes, int replicationFactor) {

    static final String COLUMNS =
            "\"segment_id\", \"is_available\", \"is_overshadowed\", \"num_rows\", \"size\", \"replication_factor\"";

    static SegmentState of(JsonNode row) {
        return new SegmentState(
                row.path("segment_id").asText(),
                row.path("is_available").asInt() == 1,
                row.path("is_overshadowed").asInt() == 1,
                row.path("num_rows").asLong(),
                row.path("size").asLong(),
                row.path("replication_factor").asInt(-1));
    }

    /** Ids of segments that are to be waited for: unknown to the broker, not handed off, or not counted. */
    public static List<String> notServed(Collection<String> ids, Map<String, SegmentState> states) {
        return ids.stream()
                .filter(id -> !states.containsKey(id)
                        || !states.get(id).isHandedOff()
                        || !states.get(id).isCounted())
                .sorted()
                .toList();
    }

    /** Whether the segment needs no more waiting: served, hidden by a newer one, or meant for deep storage only. */
    public boolean isHandedOff() {
        return available || overshadowed || replicationFactor == 0;
    }

    /**
     * Whether the broker knows the segment's rows: it learns of a segment first and of its rows a while later, and shows
     * 0 until then. A segment has rows, but for tombstones, whose size Druid writes as 1.
     */
    public boolean isCounted() {
        return rows > 0 || bytes <= 1 || !available;
    }
}
