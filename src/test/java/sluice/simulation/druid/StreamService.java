package sluice.simulation.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import sluice.platform.druid.StreamCounts;
import sluice.platform.druid.StreamStatus;
import sluice.platform.druid.StreamStatus.StreamTask;
import sluice.platform.druid.Streams;

/**
 * Topics, and the offsets that Druid stores under the id of a supervisor. A supervisor that runs has read everything; once it
 * is suspended, its task publishes for a while, and then the offsets are stored.
 */
final class StreamService implements Streams {

    private final Calls calls;
    private final SettingsService settings;
    private final Clock clock;
    private final Map<String, SortedMap<String, Long>> topics = new HashMap<>();
    private final Map<String, Stored> stored = new HashMap<>();
    private final Map<String, Reading> readings = new HashMap<>();
    private final Map<String, SortedMap<String, Long>> read = new HashMap<>();
    private final Map<String, SortedMap<String, Long>> gone = new HashMap<>();
    private Duration publishing = Duration.ZERO;
    private boolean reads = true;
    private StreamCounts counts = new StreamCounts(List.of(0), 0, 0, 0, 0);
    private int number;

    /** Offsets in the metadata store. */
    private record Stored(String stream, SortedMap<String, Long> offsets) {}

    /** A task, and when it stopped reading; null while it reads. */
    private record Reading(String task, SortedMap<String, Long> starting, Instant stopped) {}

    StreamService(Calls calls, SettingsService settings, Clock clock) {
        this.calls = calls;
        this.settings = settings;
        this.clock = clock;
    }

    /** Puts messages into a topic. */
    void send(String topic, String partition, long messages) {
        topics.computeIfAbsent(topic, any -> new TreeMap<>()).merge(partition, messages, Long::sum);
    }

    /**
     * The topic has lost messages that the supervisor had not read, and Druid goes on behind them by itself, in a new task.
     *
     * @param next offset that it would have read next
     * @param first offset of the oldest message that is left
     */
    void skip(String supervisor, String partition, long next, long first) {
        gone.computeIfAbsent(supervisor, any -> new TreeMap<>()).put(partition, next);
        SortedMap<String, Long> starting = new TreeMap<>(offsets(supervisor));
        starting.put(partition, first);
        readings.put(supervisor, new Reading("index_kafka_" + supervisor + "_" + ++number, starting, null));
    }

    void publishing(Duration time) {
        publishing = time;
    }

    void reads(boolean does) {
        reads = does;
    }

    void counts(StreamCounts told) {
        counts = told;
    }

    /** The offsets that are stored under the id of a supervisor. */
    SortedMap<String, Long> offsets(String supervisor) {
        return stored.containsKey(supervisor) ? stored.get(supervisor).offsets() : new TreeMap<>();
    }

    @Override
    public Optional<StreamStatus> status(String supervisor) {
        return settings.supervisorStatus(supervisor).map(status -> {
            JsonNode spec = settings.document(supervisor);
            move(supervisor, spec);
            String stream = stream(spec);
            SortedMap<String, Long> latest = topics.getOrDefault(stream, new TreeMap<>());
            Reading reading = readings.get(supervisor);
            SortedMap<String, Long> lag = new TreeMap<>();
            boolean isReading = reading != null && reading.stopped() == null;
            if (isReading && reads) {
                read.put(supervisor, new TreeMap<>(latest));
            }
            SortedMap<String, Long> position =
                    isReading ? read.getOrDefault(supervisor, new TreeMap<>()) : offsets(supervisor);
            latest.forEach((partition, end) -> lag.put(partition, end - position.getOrDefault(partition, 0L)));
            return new StreamStatus(
                    status,
                    stream,
                    latest,
                    lag,
                    clock.instant(),
                    reading == null
                            ? List.of()
                            : List.of(new StreamTask(reading.task(), !isReading, reading.starting())),
                    gone.getOrDefault(supervisor, new TreeMap<>()));
        });
    }

    /** Starts and ends the task as the supervisor would. */
    private void move(String supervisor, JsonNode spec) {
        Reading reading = readings.get(supervisor);
        boolean suspended = spec.path("suspended").asBoolean();
        Instant now = clock.instant();
        if (reading == null && !suspended) {
            readings.put(
                    supervisor,
                    new Reading(
                            "index_kafka_" + supervisor + "_" + ++number, new TreeMap<>(offsets(supervisor)), null));
        } else if (reading != null && suspended && reading.stopped() == null) {
            reading = new Reading(reading.task(), reading.starting(), now);
            readings.put(supervisor, reading);
        }
        if (reading != null
                && reading.stopped() != null
                && !now.isBefore(reading.stopped().plus(publishing))) {
            publish(supervisor, spec);
            readings.remove(supervisor);
        }
    }

    private void publish(String supervisor, JsonNode spec) {
        String stream = stream(spec);
        if (!stored.containsKey(supervisor) || stored.get(supervisor).stream().equals(stream)) {
            stored.put(supervisor, new Stored(stream, new TreeMap<>(topics.getOrDefault(stream, new TreeMap<>()))));
        }
    }

    private static String stream(JsonNode spec) {
        return spec.at("/spec/ioConfig/topic").asText();
    }

    @Override
    public StreamCounts counts(String supervisor) {
        return calls.call(DruidCall.SUPERVISOR, supervisor, () -> counts);
    }

    @Override
    public void suspend(String supervisor) {
        calls.call(DruidCall.MOVE_SUPERVISOR, supervisor, () -> settings.suspended(supervisor, true));
    }

    @Override
    public void resume(String supervisor) {
        calls.call(DruidCall.MOVE_SUPERVISOR, supervisor, () -> settings.suspended(supervisor, false));
    }

    @Override
    public void handOff(String supervisor, List<Integer> taskGroups) {
        calls.call(DruidCall.MOVE_SUPERVISOR, supervisor, () -> {
            publish(supervisor, settings.document(supervisor));
            return readings.remove(supervisor) != null;
        });
    }

    @Override
    public void reset(String supervisor) {
        calls.call(DruidCall.MOVE_SUPERVISOR, supervisor, () -> {
            readings.remove(supervisor);
            return stored.remove(supervisor) != null;
        });
    }

    @Override
    public Optional<String> resetOffsets(String supervisor, String type, String stream, Map<String, Long> offsets) {
        return calls.call(DruidCall.MOVE_SUPERVISOR, supervisor, () -> {
            if (!stream.equals(stream(settings.document(supervisor)))) {
                return Optional.of("Stream[" + stream + "] doesn't exist in the supervisor[" + supervisor + "]");
            }
            SortedMap<String, Long> all = new TreeMap<>(offsets(supervisor));
            all.putAll(offsets);
            stored.put(supervisor, new Stored(stream, all));
            return Optional.empty();
        });
    }
}
