package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor says of its stream. Partitions have Druid's names: {@code 0}, or {@code topic:0} where a pattern chooses
 * topics. Druid looks up the newest offsets every {@code offsetFetchPeriod}, 30 seconds by default.
 *
 * @param supervisor its state
 * @param stream the topic or stream
 * @param latest the offset after the newest message, by partition
 * @param lag how many messages are not read yet, by partition; while the supervisor is suspended, not published yet
 * @param offsetsAt when Druid looked up {@code latest}; null if it has not yet
 * @param tasks its tasks, reading and publishing
 * @param gone offsets that it would have read next and found gone from the stream, by partition; only those that it has then
 *     forgotten by itself ({@code resetOffsetAutomatically}), as far as its recent errors tell
 */
public record StreamStatus(
        SupervisorStatus supervisor,
        String stream,
        SortedMap<String, Long> latest,
        SortedMap<String, Long> lag,
        @Nullable Instant offsetsAt,
        List<StreamTask> tasks,
        SortedMap<String, Long> gone) {

    /** In {@code SeekableStreamSupervisor}, from Druid 33 to 37. */
    private static final Pattern GONE =
            Pattern.compile("Previous sequenceNumber \\[(\\d{1,18})] is no longer available for partition \\[(.+?)]"
                    + " - automatically resetting sequence");
    /** How a partition of Kafka writes itself. */
    private static final Pattern KAFKA_PARTITION = Pattern.compile(
            "KafkaTopicPartition\\{partition=(\\d+), topic='([^']*)', multiTopicPartition=(true|false)}");

    public StreamStatus {
        latest = Collections.unmodifiableSortedMap(new TreeMap<>(latest));
        lag = Collections.unmodifiableSortedMap(new TreeMap<>(lag));
        tasks = List.copyOf(tasks);
        gone = Collections.unmodifiableSortedMap(new TreeMap<>(gone));
    }

    /** A task of the supervisor. */
    public record StreamTask(String id, boolean isPublishing, SortedMap<String, Long> starting) {

        public StreamTask {
            starting = Collections.unmodifiableSortedMap(new TreeMap<>(starting));
        }
    }

    static StreamStatus of(JsonNode answer) {
        JsonNode payload = answer.path("payload");
        List<StreamTask> tasks = new ArrayList<>();
        payload.path("activeTasks").forEach(task -> tasks.add(task(task, false)));
        payload.path("publishingTasks").forEach(task -> tasks.add(task(task, true)));
        return new StreamStatus(
                SupervisorStatus.of(answer),
                payload.path("stream").asText(),
                offsets(payload.path("latestOffsets")),
                offsets(payload.path("minimumLag")),
                Optional.ofNullable(payload.path("offsetsLastUpdated").asText(null))
                        .map(Instant::parse)
                        .orElse(null),
                tasks,
                gone(payload.path("recentErrors")));
    }

    private static SortedMap<String, Long> gone(JsonNode errors) {
        SortedMap<String, Long> gone = new TreeMap<>();
        for (JsonNode error : errors) {
            Matcher told = GONE.matcher(error.path("message").asText());
            if (told.find()) {
                gone.put(partition(told.group(2)), Long.parseLong(told.group(1)));
            }
        }
        return gone;
    }

    private static String partition(String text) {
        Matcher kafka = KAFKA_PARTITION.matcher(text);
        if (!kafka.matches()) {
            return text;
        }
        return kafka.group(3).equals("true") ? kafka.group(2) + ":" + kafka.group(1) : kafka.group(1);
    }

    private static StreamTask task(JsonNode task, boolean isPublishing) {
        return new StreamTask(task.path("id").asText(), isPublishing, offsets(task.path("startingOffsets")));
    }

    /** Kinesis has texts that no number holds; they are left out. */
    private static SortedMap<String, Long> offsets(JsonNode node) {
        SortedMap<String, Long> offsets = new TreeMap<>();
        node.properties().forEach(partition -> {
            if (partition.getValue().isIntegralNumber()) {
                offsets.put(partition.getKey(), partition.getValue().asLong());
            }
        });
        return offsets;
    }

    /**
     * Returns the offset up to which messages are read, by partition. While the supervisor is suspended and has no tasks, these
     * are the offsets that Druid has published.
     */
    public SortedMap<String, Long> position() {
        SortedMap<String, Long> position = new TreeMap<>();
        latest.forEach((partition, end) -> {
            if (lag.containsKey(partition)) {
                position.put(partition, end - lag.get(partition));
            }
        });
        return position;
    }

    public long totalLag() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }
}
