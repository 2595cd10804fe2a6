package sluice.platform.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import sluice.ingest.Ingestion;
import sluice.sandbox.Sandbox;
import sluice.sandbox.lambda.Json;

/** The metrics that CloudWatch would find in the logs of all functions of a sandbox. */
public final class SandboxMetrics {

    private static final List<String> FUNCTIONS = List.of("generate", "submit", "follow", "poll", "gate", "retain");

    private final Sandbox sandbox;

    public SandboxMetrics(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Waits until a metric of the environment or of any cluster is over an alarm's threshold. */
    public void awaitOver(Metric metric, long threshold) {
        awaitOver(metric, threshold, "");
    }

    /** Waits until a metric that is written with its datasource is over an alarm's threshold. */
    public void awaitOver(Metric metric, long threshold, String datasource) {
        await().atMost(Ingestion.PATIENCE).untilAsserted(() -> assertThat(lines(metric, datasource))
                .as("lines with %s", metric.wireName())
                .anySatisfy(line ->
                        assertThat(line.path(metric.wireName()).asLong()).isGreaterThan(threshold)));
    }

    /** Returns the lines with a metric of a datasource; an empty name stands for all. */
    List<JsonNode> lines(Metric metric, String datasource) {
        return all().filter(line -> line.has(metric.wireName()))
                .filter(line ->
                        datasource.isEmpty() || line.path("Datasource").asText().equals(datasource))
                .toList();
    }

    /** Returns all lines with metrics. */
    Stream<JsonNode> all() {
        return FUNCTIONS.stream()
                .flatMap(function -> sandbox.lambda().function(function).log().search("\"_aws\"").stream())
                .map(Json::read);
    }
}
