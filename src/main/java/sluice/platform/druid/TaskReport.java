package sluice.platform.druid;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.core.json.RowQuotes;

/**
 * Row counts and first errors of an ended ingestion task.
 *
 * @param processed rows stored without errors
 * @param processedWithError rows stored although a column could not be parsed
 * @param unparseable rows that could not be parsed
 * @param thrownAway rows outside the intervals, or filtered out
 * @param segmentsPublished published segments; -1 if Druid does not report them
 * @param errors first parse errors in Druid's words, without what they quote of rows
 * @param failure the error that ended the task, without what it may quote of rows
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
        @Nullable String failure) {

    private static final String PART = "ingestionStatsAndErrors";
    private static final int MOST_ERRORS = 10;
    private static final int LONGEST_ERROR = 1_000;

    public TaskReport {
        errors = List.copyOf(errors);
    }

    /** Rows that are in a segment. */
    public long stored() {
        return processed + processedWithError;
    }

    /** Reads a report. A compact task reports each interval that it rewrites; their counts are summed. */
    static TaskReport of(JsonNode report) {
        TaskReport sum = new TaskReport(0, 0, 0, 0, -1, List.of(), null);
        for (Map.Entry<String, JsonNode> part : report.properties()) {
            if (part.getKey().startsWith(PART)) {
                sum = sum.plus(ofPart(part.getValue().path("payload")));
            }
        }
        return sum;
    }

    /** Reads a part. The task type decides at which of two depths {@code rowStats} has the counts. */
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
                failure(payload.path("errorMsg").asText(null)));
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

    /** Segments that the task reports as published. */
    public OptionalLong published() {
        return segmentsPublished < 0 ? OptionalLong.empty() : OptionalLong.of(segmentsPublished);
    }

    private static List<String> errors(JsonNode unparseableEvents) {
        List<String> errors = new ArrayList<>();
        for (JsonNode phase : unparseableEvents) {
            for (JsonNode event : phase) {
                for (JsonNode detail : event.path("details")) {
                    if (errors.size() < MOST_ERRORS) {
                        errors.add(shortened(RowQuotes.cut(detail.asText())));
                    }
                }
            }
        }
        return errors;
    }

    private static @Nullable String failure(@Nullable String text) {
        return text == null ? null : shortened(RowQuotes.cutIfAboutRows(text));
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "...";
    }
}
