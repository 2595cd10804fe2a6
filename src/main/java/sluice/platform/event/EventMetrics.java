package sluice.platform.event;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import sluice.platform.metric.Metric;
import sluice.platform.metric.MetricPlace;
import sluice.platform.metric.Metrics;

/**
 * Derives metrics from the events that the bus has taken, at one place, so that nothing else has to know that what it does is
 * counted. An event that is published twice counts twice.
 */
@ApplicationScoped
public class EventMetrics {

    private final Metrics metrics;

    EventMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Writes the metrics of an event; none if the event has none. */
    public void published(CloudEvent event) {
        Optional<EventType> type = EventType.of(event.type());
        if (type.isPresent() && event.data() != null) {
            write(type.get(), event.data());
        }
    }

    private void write(EventType type, JsonNode data) {
        switch (type) {
            case RUN_SUCCEEDED -> run(data, rows(data.path("counts")));
            case RUN_AVAILABLE -> run(data, available(data));
            case RUN_FAILED -> run(data, unsuccessful(Metric.RUNS_FAILED));
            case RUN_REFUSED -> run(data, unsuccessful(Metric.RUNS_REFUSED));
            case RUN_TIMED_OUT -> run(data, unsuccessful(Metric.RUNS_TIMED_OUT));
            case RUN_CANCELLED -> run(data, one(Metric.RUNS_CANCELLED));
            case RUN_SUPERSEDED -> run(data, one(Metric.RUNS_SUPERSEDED));
            case RUN_ROLLED_BACK -> run(data, unsuccessful(Metric.RUNS_ROLLED_BACK));
            case RETENTION_SWEPT -> {
                if (!data.path("refusals").isEmpty()) {
                    metrics.write(place(data), one(Metric.SWEEPS_REFUSED), Map.of());
                }
            }
            case COMPACTION_STALLED -> metrics.write(place(data), one(Metric.COMPACTIONS_STALLED), Map.of());
            case DEFINITION_DRIFTED -> metrics.write(place(data), one(Metric.DEFINITIONS_DRIFTED), Map.of());
            case DEFINITION_MISALIGNED ->
                metrics.write(
                        MetricPlace.ENVIRONMENT,
                        one(Metric.DEFINITIONS_MISALIGNED),
                        Map.of("Datasource", data.path("datasource").asText()));
            case BACKFILL_STARTED,
                    BACKFILL_PAUSED,
                    BACKFILL_RESUMED,
                    BACKFILL_STOPPED,
                    BACKFILL_DONE,
                    BACKFILL_FAILED,
                    BATCH_SETTLED,
                    POLL_REQUESTED,
                    TAGS_REQUESTED,
                    DATASOURCE_STALE,
                    DATASOURCE_FRESH,
                    STREAM_UNHEALTHY,
                    STREAM_RECOVERED,
                    STREAM_LAGGING,
                    STREAM_SKIPPED,
                    STREAM_DRIFTED,
                    RUN_PLANNED,
                    RUN_SUBMITTED,
                    DEFINITION_ACTIVATED,
                    DEFINITION_ROLLED_BACK,
                    DEFINITION_ALIGNED -> {
                // Whoever sends them measures more than they say, or logs and the state table tell of them.
            }
        }
    }

    private void run(JsonNode data, Map<Metric, Long> values) {
        JsonNode code = data.path("problem").path("code");
        metrics.write(
                place(data).because(code.textValue()),
                values,
                Map.of(
                        "RunId", data.path("runId").asText(),
                        "Kind", data.path("kind").asText()));
    }

    private static Map<Metric, Long> rows(JsonNode counts) {
        Map<Metric, Long> values = new EnumMap<>(Metric.class);
        values.put(Metric.ROWS_UNPARSEABLE, counts.path("unparseable").asLong());
        values.put(Metric.ROWS_THROWN_AWAY, counts.path("thrownAway").asLong());
        if (counts.has("read")) {
            values.put(Metric.ROWS_READ, counts.path("read").asLong());
        }
        return values;
    }

    private static Map<Metric, Long> available(JsonNode data) {
        Map<Metric, Long> values = new EnumMap<>(Metric.class);
        values.put(Metric.RUNS_AVAILABLE, 1L);
        time(data.path("arrivedAt"))
                .flatMap(arrived -> time(data.path("since")).map(since -> Duration.between(arrived, since)))
                .ifPresent(duration -> values.put(Metric.TIME_TO_AVAILABLE, Math.max(0, duration.toSeconds())));
        return values;
    }

    /** One alarm watches the sum. */
    private static Map<Metric, Long> unsuccessful(Metric metric) {
        return Map.of(metric, 1L, Metric.RUNS_UNSUCCESSFUL, 1L);
    }

    private static Map<Metric, Long> one(Metric metric) {
        return Map.of(metric, 1L);
    }

    private static MetricPlace place(JsonNode data) {
        return new MetricPlace(
                data.path("cluster").textValue(), data.path("datasource").textValue(), null);
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.ofNullable(text.textValue()).map(Instant::parse);
        } catch (DateTimeParseException exception) {
            return Optional.empty();
        }
    }
}
