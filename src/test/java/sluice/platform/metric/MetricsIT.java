package sluice.platform.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** Functions write metrics that CloudWatch can read: one line of JSON each, with nothing around it. */
@ExtendWith(SandboxExtension.class)
@Isolated("reads whole logs")
class MetricsIT {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    @Test
    void aLoadedFileIsMeasured(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "metrics_load").define(new DefinitionText("metrics_load"));

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));

        // Then
        String runId = ingestion.awaitAvailable().path("runId").asText();
        await().atMost(Ingestion.PATIENCE).untilAsserted(() -> assertThat(
                        new SandboxMetrics(sandbox).lines(Metric.TIME_TO_AVAILABLE, "metrics_load"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("RunId").asText()).isEqualTo(runId);
                    assertThat(line.path("RunsAvailable").asInt()).isEqualTo(1);
                    assertThat(line.path(Metric.TIME_TO_AVAILABLE.wireName()).asLong())
                            .isNotNegative();
                }));
        assertThat(new SandboxMetrics(sandbox).lines(Metric.ROWS_READ, "metrics_load"))
                .singleElement()
                .satisfies(line -> assertThat(line.path("RowsRead").asInt()).isEqualTo(10));
        assertThat(new SandboxMetrics(sandbox).all()).allSatisfy(line -> {
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
                        new SandboxMetrics(sandbox).lines(Metric.RUNS_UNSUCCESSFUL, "metrics_bad"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("Reason").asText()).matches("[A-Z_]+")));
    }

    @Test
    void whatTasksLeaveOutIsMeasured(Sandbox sandbox) {
        // Given: a row of another day, which Druid throws away, and a line that is no JSON
        Ingestion ingestion = new Ingestion(sandbox, "metrics_rows")
                .define(new DefinitionText("metrics_rows")
                        .batch("expect", "{unparseable: {max: 5}, thrownAway: {max: 5}}"));
        byte[] file = (text(Rows.json("2026-01-01", 10)) + text(Rows.json("2026-01-02", 1)) + "no JSON\n")
                .getBytes(StandardCharsets.UTF_8);

        // When
        ingestion.upload("dt=2026-01-01/a.json", file);

        // Then
        SandboxMetrics metrics = new SandboxMetrics(sandbox);
        metrics.awaitOver(Metric.ROWS_THROWN_AWAY, 0, "metrics_rows");
        metrics.awaitOver(Metric.ROWS_UNPARSEABLE, 0, "metrics_rows");
    }

    @Test
    void dataThatIsOlderThanItsDefinitionExpectsIsMeasured(Sandbox sandbox) {
        // When: no file comes in the shortest time that a definition may expect one
        Ingestion ingestion = new Ingestion(sandbox, "metrics_stale")
                .define(new DefinitionText("metrics_stale").batch("expect", "{freshness: PT1M}"));

        // Then
        ingestion.await("sluice.datasource.stale", 1);
        new SandboxMetrics(sandbox).awaitOver(Metric.DATASOURCES_STALE, 0);
        new SandboxMetrics(sandbox).awaitOver(Metric.DATA_AGE, 0, "metrics_stale");
    }

    @Test
    void whatIsDueForLongIsMeasured(Sandbox sandbox) throws InterruptedException {
        // Given: a file arrives, and for a while nobody looks
        Ingestion ingestion = new Ingestion(sandbox, "metrics_due").define(new DefinitionText("metrics_due"));
        sandbox.lambda().pauseSchedules();
        try {
            ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
            Thread.sleep(PAUSE.toMillis());
        } finally {
            // When
            sandbox.lambda().resumeSchedules();
        }

        // Then
        new SandboxMetrics(sandbox).awaitOver(Metric.OLDEST_DUE_AGE, 1);
        ingestion.awaitAvailable();
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }
}
