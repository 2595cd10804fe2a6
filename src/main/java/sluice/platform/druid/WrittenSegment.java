package sluice.platform.druid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.TreeSet;

/**
 * An active segment with what tells who wrote it.
 *
 * @param interval its time chunk, as Druid writes it
 * @param rows stored rows, or those that a stream's task has read so far
 * @param realtime whether a task serves it, which has not published it yet
 * @param compacted whether a compaction wrote it
 * @param columns names of its columns; empty while a task serves it
 */
public record WrittenSegment(
        String id, String interval, long rows, boolean realtime, boolean compacted, Set<String> columns) {

    static final String COLUMNS =
            "\"segment_id\", \"start\", \"end\", \"num_rows\", \"is_realtime\", \"dimensions\", \"metrics\","
                    + " CASE WHEN \"last_compaction_state\" IS NULL THEN 0 ELSE 1 END AS \"compacted\"";

    private static final ObjectMapper JSON = new ObjectMapper();

    public WrittenSegment {
        columns = Set.copyOf(columns);
    }

    static WrittenSegment of(JsonNode row) {
        Set<String> columns = new TreeSet<>();
        for (String field : new String[] {"dimensions", "metrics"}) {
            names(row.path(field).asText("")).forEach(name -> columns.add(name.asText()));
        }
        return new WrittenSegment(
                row.path("segment_id").asText(),
                row.path("start").asText() + "/" + row.path("end").asText(),
                row.path("num_rows").asLong(),
                row.path("is_realtime").asInt() == 1,
                row.path("compacted").asInt() == 1,
                columns);
    }

    private static JsonNode names(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException("sys.segments has columns that are not JSON: " + text, exception);
        }
    }
}
