package sluice.platform.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.lambda.Json;

/** Functions write metrics that CloudWatch can read: one line of JSON each, with nothing around it. */
@ExtendWith(SandboxExtension.class)
@Isolated("reads whole logs")
class MetricsIT {

    @Test
    void aLoadedFileIsMeasured(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "metrics_load").define(new DefinitionText("metrics_load"));

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));

        // Then
        String runId = ingestion.awaitAvailable().path("runId").asText();
        await().atMost(Ingestion.PATIENCE)
                .untilAsserted(() -> assertThat(lines(sandbox, Metric.TIME_TO_AVAILABLE, "metrics_load"))
                        .singleElement()
                        .satisfies(line -> {
                            assertThat(line.path("RunId").asText()).isEqualTo(runId);
                            assertThat(line.path("RunsAvailable").asInt()).isEqualTo(1);
                            assertThat(line.path("TimeToAvailable").asLong()).isNotNegative();
                        }));
        assertThat(lines(sandbox, Metric.ROWS_READ, "metrics_load"))
                .singleElement()
                .satisfies(line -> assertThat(line.path("RowsRead").asInt()).isEqualTo(10));
        assertThat(metrics(sandbox)).allSatisfy(line -> {
            assertThat(line.at("/_aws/Timestamp").isIntegralNumber()).isTrue();
            JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
            assertThat(directive.path("Namespace").asText()).isEqualTo("Sluice");
            directive
                    .path("Dimensions")
                    .forEach(set -> set.forEach(name ->
                            assertThat(line.path(name.asText()).isTextual()).isTrue()));
            directive.path("Metrics").forEach(metric -> assertThat(
                            line.path(metric.path("Name").asText()).isNumber())
                    .isTrue());
        });
    }

    @Test
    void aFileThatCannotBeReadIsMeasuredWithItsReason(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "metrics_bad").define(new DefinitionText("metrics_bad"));

        // When
        ingestion.upload("dt=2026-01-01/a.json", "{\"time\": 1, oops\n".getBytes(StandardCharsets.UTF_8));

        // Then
        await().atMost(Ingestion.PATIENCE).untilAsserted(() -> assertThat(
                        lines(sandbox, Metric.RUNS_UNSUCCESSFUL, "metrics_bad"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("Reason").asText()).matches("[A-Z_]+")));
    }

    private static List<JsonNode> lines(Sandbox sandbox, Metric metric, String datasource) {
        return metrics(sandbox).stream()
                .filter(line -> line.has(metric.wireName()))
                .filter(line -> line.path("Datasource").asText().equals(datasource))
                .toList();
    }

    /** What CloudWatch would find in the logs of all functions. */
    private static List<JsonNode> metrics(Sandbox sandbox) {
        return List.of("generate", "submit", "follow", "poll").stream()
                .flatMap(function -> sandbox.lambda().function(function).log().search("\"_aws\"").stream())
                .map(Json::read)
                .toList();
    }
}
