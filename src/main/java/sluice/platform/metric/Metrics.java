package sluice.platform.metric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import sluice.platform.environment.EnvironmentSettings;

/**
 * Writes metrics as lines of the log in CloudWatch's Embedded Metric Format:
 *
 * <pre>{@code
 * {"_aws": {"Timestamp": 1767225600000, "CloudWatchMetrics": [{"Namespace": "Sluice",
 *     "Dimensions": [["Environment", "Cluster"]], "Metrics": [{"Name": "DruidCalls", "Unit": "Count"}]}]},
 *  "Environment": "prod", "Cluster": "main", "DruidCalls": 12}
 * }</pre>
 *
 * <p>Metrics are hints, not proofs. A value is lost if the function is killed, and counted twice if an event is
 * published twice. A function without values writes no line, because CloudWatch charges a metric for each hour
 * that has one.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded Metric Format</a>
 */
@ApplicationScoped
public class Metrics {

    private static final String NAMESPACE = "Sluice";
    private static final String ENVIRONMENT = "Environment";
    private static final String CLUSTER = "Cluster";
    private static final String DATASOURCE = "Datasource";
    private static final String REASON = "Reason";

    private final MetricOutput output;
    private final Clock clock;
    private final String environment;
    private final boolean enabled;
    private final Set<String> datasources;
    private final Map<MetricPlace, Map<Metric, Long>> collected = new LinkedHashMap<>();

    @Inject
    Metrics(MetricOutput output, Clock clock, EnvironmentSettings environment, MetricSettings settings) {
        this.output = output;
        this.clock = clock;
        this.environment = environment.environment();
        this.enabled = settings.enabled();
        this.datasources = Set.copyOf(settings.datasources().orElse(List.of()));
    }

    /** Adds to a count, which {@link #flush} writes. */
    public void add(Metric metric, MetricPlace place, long count) {
        collect(metric, place, count, Long::sum);
    }

    /** Notes a value. {@link #flush} writes the highest one. */
    public void peak(Metric metric, MetricPlace place, long value) {
        collect(metric, place, value, Long::max);
    }

    private synchronized void collect(Metric metric, MetricPlace place, long value, BinaryOperator<Long> join) {
        if (enabled) {
            collected
                    .computeIfAbsent(listed(place), any -> new EnumMap<>(Metric.class))
                    .merge(metric, value, join);
        }
    }

    /** A line for each of a thousand datasources would say no more than one for all: only listed ones have dimensions. */
    private MetricPlace listed(MetricPlace place) {
        return place.datasource() == null || datasources.contains(place.datasource())
                ? place
                : new MetricPlace(place.cluster(), null, place.reason());
    }

    /** Writes what has been collected, at the end of an invocation: between two of them the process stands still. */
    public void flush() {
        Map<MetricPlace, Map<Metric, Long>> values;
        synchronized (this) {
            if (collected.isEmpty()) {
                return;
            }
            values = new LinkedHashMap<>(collected);
            collected.clear();
        }
        values.forEach((place, metrics) -> write(place, metrics, Map.of()));
    }

    /**
     * Writes values at once.
     *
     * @param properties what else the line says, such as the run's id; for queries, not for graphs
     */
    public void write(MetricPlace place, Map<Metric, Long> values, Map<String, String> properties) {
        if (!enabled || values.isEmpty()) {
            return;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = line.putObject("_aws").put("Timestamp", clock.millis());
        ObjectNode directive =
                metadata.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        ArrayNode sets = directive.putArray("Dimensions");
        dimensions(place).forEach(set -> set.forEach(sets.addArray()::add));
        ArrayNode definitions = directive.putArray("Metrics");
        line.put(ENVIRONMENT, environment);
        put(line, CLUSTER, place.cluster());
        put(line, DATASOURCE, place.datasource());
        put(line, REASON, place.reason());
        properties.forEach(line::put);
        values.forEach((metric, value) -> {
            definitions
                    .addObject()
                    .put("Name", metric.wireName())
                    .put("Unit", metric.unit().wireName());
            line.put(metric.wireName(), value);
        });
        output.write(line.toString());
    }

    private List<List<String>> dimensions(MetricPlace place) {
        if (place.cluster() == null) {
            return List.of(List.of(ENVIRONMENT));
        }
        List<List<String>> sets = new ArrayList<>();
        sets.add(List.of(ENVIRONMENT, CLUSTER));
        if (place.datasource() != null && datasources.contains(place.datasource())) {
            sets.add(List.of(ENVIRONMENT, CLUSTER, DATASOURCE));
        }
        if (place.reason() != null) {
            sets.add(List.of(ENVIRONMENT, CLUSTER, REASON));
        }
        return sets;
    }

    private static void put(ObjectNode line, String name, @Nullable String value) {
        if (value != null) {
            line.put(name, value);
        }
    }
}
