package sluice.platform.metric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import sluice.simulation.Beans;

/** Keeps the lines of metrics that a function would write to its log. */
public final class RecordedMetrics implements MetricOutput {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void write(String line) {
        lines.add(line);
    }

    private static JsonNode read(String line) {
        try {
            return Beans.MAPPER.readTree(line);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException("Not JSON: " + line, exception);
        }
    }

    /** Returns metrics that write here, with the default settings. */
    public Metrics metrics(Clock clock) {
        return metrics(clock, Map.of());
    }

    /** Returns metrics that write here. */
    public Metrics metrics(Clock clock, Map<String, String> settings) {
        return new Beans(settings)
                .with(Clock.class, clock)
                .with(MetricOutput.class, this)
                .get(Metrics.class);
    }

    public List<JsonNode> lines() {
        return lines.stream().map(RecordedMetrics::read).toList();
    }

    /** Returns the lines that have a value of the metric. */
    public List<JsonNode> lines(Metric metric) {
        return lines().stream().filter(line -> line.has(metric.wireName())).toList();
    }

    /** Returns the values of a metric, in the order in which they were written. */
    public List<Long> values(Metric metric) {
        return lines(metric).stream()
                .map(line -> line.path(metric.wireName()).asLong())
                .toList();
    }
}
