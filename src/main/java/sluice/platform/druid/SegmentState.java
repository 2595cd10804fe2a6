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
 * @param overshadowed whether a newer version overshadows it
 * @param rows stored rows; the broker may show 0 for a while
 * @param bytes size in deep storage
 * @param replicationFactor number of replicas that the load rules require; 0 means deep storage only, -1 not known yet
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

    /** Ids of segments to wait for: unknown to the broker, not handed off, or not counted. */
    public static List<String> notServed(Collection<String> ids, Map<String, SegmentState> states) {
        return ids.stream()
                .filter(id -> !states.containsKey(id)
                        || !states.get(id).isHandedOff()
                        || !states.get(id).isCounted())
                .sorted()
                .toList();
    }

    /** Returns true if the segment is served, overshadowed, or for deep storage only. */
    public boolean isHandedOff() {
        return available || overshadowed || replicationFactor == 0;
    }

    /**
     * Returns true if the broker knows the segment's row count, which it shows as 0 at first. Only tombstones have no rows;
     * Druid gives their size as 1.
     */
    public boolean isCounted() {
        return rows > 0 || bytes <= 1 || !available;
    }
}
