package sluice.platform.druid;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Row counts and first errors of an ended ingestion task.
 *
 * @param processed rows read and stored without complaint
 * @param processedWithError rows stored, though some column could not be parsed
 * @param unparseable rows that could not be read at all
 * @param thrownAway rows outside the intervals, or filtered
 * @param segmentsPublished segments published, or -1 where Druid does not say
 * @param errors first samples of what could not be parsed, in Druid's words
 * @param failure full text of the error that ended the task, or null
 * @see <a href="https://druid.apache.org/docs/latest/ingestion/tasks#task-reports">Task reports</a>
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskReport(
        long processed,
        long processedWithError,
        long unparseable,
        long thrownAway,
        long segmentsPublished,
        List<String> errors,
        String failure) {

    private static final String PART = "ingestionStatsAndErrors";
    private static final int MOST_ERRORS = 10;
    private static final int LONGEST_ERROR = 1_000;

    public TaskReport {
        errors = List.copyOf(errors);
    }

    /** Rows that reached a segment. */
    public long stored() {
        return processed + processedWithError;
    }

    /** Reads a report; a compact task has one part for each interval that it rewrites, which are summed. */
    static TaskReport of(JsonNode report) {
        TaskReport sum = new TaskReport(0, 0, 0, 0, -1, List.of(), null);
        for (Map.Entry<String, JsonNode> part : report.properties()) {
            if (part.getKey().startsWith(PART)) {
                sum = sum.plus(ofPart(part.getValue().path("payload")));
            }
        }
        return sum;
    }

    /** Reads a part; {@code rowStats} has the counts at one of two depths, by the kind of the task. */
    private static TaskReport ofPart(JsonNode payload) {
        JsonNode rowStats = payload.path("rowStats");
        JsonNode totals = rowStats.has("totals") ? rowStats.path("totals") : rowStats;
        JsonNode counts = totals.path("buildSegments");
        return new TaskReport(
                counts.path("processed").asLong(),
                counts.path("processedWithError").asLong(),
                counts.path("unparseable").asLong(),
                counts.path("thrownAway").asLong(),
                payload.path("segmentsPublished").asLong(-1),
                errors(payload.path("unparseableEvents")),
                shortened(payload.path("errorMsg").asText(null)));
    }

    private TaskReport plus(TaskReport other) {
        return new TaskReport(
                processed + other.processed,
                processedWithError + other.processedWithError,
                unparseable + other.unparseable,
                thrownAway + other.thrownAway,
                published().isEmpty()
                        ? other.segmentsPublished
                        : segmentsPublished + Math.max(0, other.segmentsPublished),
                Stream.concat(errors.stream(), other.errors.stream())
                        .limit(MOST_ERRORS)
                        .toList(),
                failure == null ? other.failure : failure);
    }

    /** Segments that the task says it published. */
    public OptionalLong published() {
        return segmentsPublished < 0 ? OptionalLong.empty() : OptionalLong.of(segmentsPublished);
    }

    private static List<String> errors(JsonNode unparseableEvents) {
        List<String> errors = new ArrayList<>();
        for (JsonNode phase : unparseableEvents) {
            for (JsonNode event : phase) {
                for (JsonNode detail : event.path("details")) {
                    if (errors.size() < MOST_ERRORS) {
                        errors.add(shortened(detail.asText()));
                    }
                }
            }
        }
        return errors;
    }

    private static String shortened(String text) {
        return text == null || text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "...";
    }
}
