package sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.sandbox.AlsoOnDruid37;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** What goes wrong has a name, and leaves nothing half done. */
@ExtendWith(SandboxExtension.class)
@AlsoOnDruid37
@Isolated("injects faults")
class TroubleIT {

    @Test
    void aMalformedFileFailsItsRunAndLoadsNothing(Sandbox sandbox) {
        // Given
        Ingestion ingestion =
                new Ingestion(sandbox, "trouble_malformed").define(new DefinitionText("trouble_malformed"));
        String rows = new String(Rows.json("2026-01-01", 10), StandardCharsets.UTF_8) + "{\"time\": broken\n";

        // When
        ingestion
                .upload("dt=2026-01-01/good.json", Rows.json("2026-01-01", 10))
                .upload("dt=2026-01-01/bad.json", rows.getBytes(StandardCharsets.UTF_8));

        // Then
        JsonNode problem =
                ingestion.await("sluice.run.failed", 1).get(0).detail().at("/data/problem");
        assertThat(problem.path("code").asText()).isEqualTo("TASK_FAILED");
        await().atMost(Ingestion.PATIENCE).untilAsserted(() -> assertThat(
                        ingestion.ledger("dt=2026-01-01/bad.json").orElseThrow().get("firstError"))
                .isNotNull());
        assertThat(ingestion
                        .ledger("dt=2026-01-01/bad.json")
                        .orElseThrow()
                        .get("firstError")
                        .s())
                .contains("bad.json");
        assertThat(ingestion.rows()).isIn(0L, 10L);
    }

    @Test
    void aFileThatIsMendedAfterAFailureIsLoaded(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "trouble_mended").define(new DefinitionText("trouble_mended"));
        ingestion.upload("dt=2026-01-01/a.json", "not json\n".getBytes(StandardCharsets.UTF_8));
        ingestion.await("sluice.run.failed", 1);

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 3));

        // Then
        ingestion.awaitAvailable();
        assertThat(ingestion.rows()).isEqualTo(3);
    }

    @Test
    void aSpecThatBreaksTheContractNeverReachesDruid(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "trouble_contract")
                .define(new DefinitionText("trouble_contract").batch("tuningConfig", "{maxRowsInMemroy: 1000}"));

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 3));

        // Then
        JsonNode refused =
                ingestion.await("sluice.run.refused", 1).get(0).detail().path("data");
        assertThat(refused.at("/problem/message").asText())
                .contains("/spec/tuningConfig/maxRowsInMemroy")
                .contains("SLU-");
        assertThat(sandbox.druidProxy().count("POST", "/druid/indexer/v1/task")).isZero();
    }

    @Test
    void aTaskOverItsTimeLimitIsShutDown(Sandbox sandbox) throws IOException {
        // Given: another task holds the lock of the day, because its input never answers
        Ingestion ingestion = new Ingestion(sandbox, "trouble_slow")
                .define(new DefinitionText("trouble_slow").batch("timeout", "PT5S"));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String blocker =
                    """
                    {"type":"index_parallel","id":"trouble-blocker","spec":{"dataSchema":{"dataSource":"trouble_slow",
                    "timestampSpec":{"column":"time"},"dimensionsSpec":{"dimensions":["page"]},
                    "granularitySpec":{"segmentGranularity":"DAY","intervals":["2026-01-01/2026-01-02"]}},
                    "ioConfig":{"type":"index_parallel","inputFormat":{"type":"json"},
                    "inputSource":{"type":"http","uris":["http://127.0.0.1:%d/never"]}},
                    "tuningConfig":{"type":"index_parallel"}}}"""
                            .formatted(silent.getLocalPort());
            assertThat(sandbox.druid().post("/druid/indexer/v1/task", blocker).statusCode())
                    .isEqualTo(200);
            await().atMost(Ingestion.PATIENCE).until(() -> sandbox.druid()
                    .post("/druid/indexer/v1/activeLocks", "[{\"datasource\":\"trouble_slow\",\"priority\":0}]")
                    .body()
                    .contains("2026-01-01"));

            // When
            ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 3));

            // Then
            JsonNode timedOut =
                    ingestion.await("sluice.run.timed-out", 1).get(0).detail().path("data");
            assertThat(timedOut.at("/problem/code").asText()).isEqualTo("TIME_LIMIT");
            assertThat(sandbox.druid().taskState(timedOut.path("taskId").asText()))
                    .isEqualTo("FAILED");
        } finally {
            sandbox.druid().post("/druid/indexer/v1/task/trouble-blocker/shutdown", "{}");
        }
        assertThat(sandbox.dynamodb().items())
                .noneMatch(item -> item.get("pk").s().equals("lease#main#trouble_slow"));
    }

    @Test
    void countsThatTheDefinitionDoesNotExpectAreTakenBack(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "trouble_rollback")
                .define(new DefinitionText("trouble_rollback")
                        .batch("expect", "{rows: {min: 5}}")
                        .batch("onViolation", "rollback"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 8));
        ingestion.awaitAvailable();

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 2));

        // Then
        JsonNode problem =
                ingestion.await("sluice.run.rolled-back", 1).get(0).detail().at("/data/problem");
        assertThat(problem.path("message").asText()).contains("rows: 2").contains("at least 5");
        await().atMost(Ingestion.PATIENCE)
                .untilAsserted(() -> assertThat(ingestion.rows()).isEqualTo(8));
    }

    @Test
    void everyObjectThatCannotBeLoadedHasANamedOutcome(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "trouble_input").define(new DefinitionText("trouble_input"));
        sandbox.s3()
                .putDefinition(
                        "trouble_invalid.yaml", "apiVersion: sluice/v1\nbatch: {source: {prefix: trouble_invalid/}}\n");

        // When
        sandbox.s3().upload("trouble_nobody/dt=2026-01-01/a.json", Rows.json("2026-01-01", 1));
        sandbox.s3().upload("trouble_invalid/dt=2026-01-01/a.json", Rows.json("2026-01-01", 1));
        ingestion.upload("yesterday/a.json", Rows.json("2026-01-01", 1));
        ingestion.upload("dt=2026-01-01/empty.json", new byte[0]);
        sandbox.lambda().queue("sluice-generate").pause();
        ingestion.upload("dt=2026-01-02/gone.json", Rows.json("2026-01-02", 1));
        sandbox.s3().delete("trouble_input/dt=2026-01-02/gone.json");
        sandbox.lambda().queue("sluice-generate").resume();

        // Then
        ingestion.awaitLedger("trouble_nobody/dt=2026-01-01/a.json", "Unmatched");
        ingestion.awaitLedger("trouble_invalid/dt=2026-01-01/a.json", "DefinitionInvalid");
        ingestion.awaitLedger("trouble_input/yesterday/a.json", "NoTimeChunk");
        ingestion.awaitLedger("trouble_input/dt=2026-01-01/empty.json", "Empty");
        ingestion.awaitLedger("trouble_input/dt=2026-01-02/gone.json", "Gone");
        assertThat(ingestion.runs()).isEmpty();
        assertThat(sandbox.lambda().queue("sluice-generate").deadLetters()).isEmpty();
        sandbox.s3().deleteDefinition("trouble_invalid.yaml");
    }
}
