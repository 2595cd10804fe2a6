package sluice.simulation.druid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.TimeChunk;

/** Why Druid 33 does not accept a task, in its words. What else it refuses, the contract's tests know. */
final class TaskRefusal {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TYPES =
            List.of("compact", "index", "index_kafka", "index_kinesis", "index_parallel", "kill", "noop");
    private static final String PARALLEL = "org.apache.druid.indexing.common.task.batch.parallel.";

    private TaskRefusal() {}

    static JsonNode read(String task) {
        try {
            return JSON.readTree(task);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException("The seam is given JSON only", exception);
        }
    }

    /** The refusal, or empty where Druid would accept the task. */
    static Optional<String> of(String taskId, JsonNode task) {
        if (!(task instanceof ObjectNode)) {
            return Optional.of(
                    "Cannot deserialize value of type `org.apache.druid.indexing.common.task.Task` from Array"
                            + " value (token `JsonToken.START_ARRAY`)");
        }
        if (taskId.contains("/")) {
            return Optional.of("Invalid value for field [task ID]: Value [" + taskId + "] cannot contain '/'.");
        }
        String type = task.path("type").asText();
        if (!TYPES.contains(type)) {
            return Optional.of("Please make sure to load all the necessary extensions and jars with type '" + type
                    + "' on 'druid/overlord' service. Could not resolve type id '" + type
                    + "' as a subtype of `org.apache.druid.indexing.common.task.Task` known type ids = " + TYPES);
        }
        return switch (type) {
            case "compact" -> compact(task);
            case "kill" -> kill(task);
            case "noop" -> Optional.empty();
            default -> ingestion(task);
        };
    }

    private static Optional<String> ingestion(JsonNode task) {
        JsonNode schema = task.at("/spec/dataSchema");
        JsonNode io = task.at("/spec/ioConfig");
        String construct = "Cannot construct instance of `";
        if (schema.isMissingNode()) {
            return Optional.of(
                    construct + PARALLEL + "ParallelIndexIngestionSpec`, problem: Cannot invoke"
                            + " \"org.apache.druid.segment.indexing.DataSchema.getParserMap()\" because \"dataSchema\" is null");
        }
        if (schema.path("dataSource").asText().isEmpty()) {
            return Optional.of(construct + "org.apache.druid.segment.indexing.DataSchema`, problem: Invalid value for"
                    + " field [dataSource]: must not be null");
        }
        if (io.isMissingNode()) {
            return Optional.of(construct + PARALLEL + "ParallelIndexIngestionSpec`, problem: Cannot invoke \""
                    + PARALLEL + "ParallelIndexIOConfig.getInputSource()\" because \"ioConfig\" is null");
        }
        for (JsonNode interval : schema.at("/granularitySpec/intervals")) {
            Optional<String> refusal = intervalRefusal(interval.asText());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        boolean appends = io.path("appendToExisting").asBoolean();
        if (appends && io.path("dropExisting").asBoolean()) {
            return Optional.of(construct + PARALLEL + "ParallelIndexSupervisorTask`, problem: Cannot simultaneously"
                    + " replace and append to existing segments. Either dropExisting or appendToExisting should be set"
                    + " to false");
        }
        if (appends && task.at("/spec/tuningConfig/forceGuaranteedRollup").asBoolean()) {
            return Optional.of(construct + PARALLEL + "ParallelIndexSupervisorTask`, problem: Perfect rollup cannot be"
                    + " guaranteed when appending to existing dataSources");
        }
        return Optional.empty();
    }

    private static Optional<String> compact(JsonNode task) {
        JsonNode interval = task.at("/ioConfig/inputSpec/interval");
        return interval.isMissingNode()
                ? Optional.of("Cannot construct instance of `org.apache.druid.indexing.common.task.CompactionTask`,"
                        + " problem: At least one of properties[[ioConfig, interval, segments]] must be present")
                : intervalRefusal(interval.asText());
    }

    private static Optional<String> kill(JsonNode task) {
        return task.path("batchSize").asInt(1) > 0
                ? intervalRefusal(task.path("interval").asText())
                : Optional.of("Cannot construct instance of"
                        + " `org.apache.druid.indexing.common.task.KillUnusedSegmentsTask`, problem: batchSize["
                        + task.path("batchSize").asInt() + "] must be a positive integer.");
    }

    private static Optional<String> intervalRefusal(String interval) {
        try {
            interval(interval);
            return Optional.empty();
        } catch (DateTimeException | IllegalArgumentException exception) {
            String reason =
                    interval.contains("/") ? exception.getMessage() : "Format requires a '/' separator: " + interval;
            return Optional.of("Invalid interval[" + interval + "]: [" + reason + "]");
        }
    }

    /** Reads {@code <start>/<end>}, whose ends are dates or times. */
    static TimeChunk interval(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("An interval has a slash: " + text);
        }
        return new TimeChunk(instant(text.substring(0, slash)), instant(text.substring(slash + 1)));
    }

    private static Instant instant(String text) {
        return text.contains("T")
                ? Instant.parse(text)
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
