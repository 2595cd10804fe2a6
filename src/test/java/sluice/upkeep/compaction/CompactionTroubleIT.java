package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sluice.upkeep.compaction.Compactions.DAY;
import static sluice.upkeep.compaction.Compactions.available;
import static sluice.upkeep.compaction.Compactions.awaitCompacted;
import static sluice.upkeep.compaction.Compactions.awaitPlanned;
import static sluice.upkeep.compaction.Compactions.awaitState;
import static sluice.upkeep.compaction.Compactions.chunk;
import static sluice.upkeep.compaction.Compactions.compactRuns;
import static sluice.upkeep.compaction.Compactions.compacted;
import static sluice.upkeep.compaction.Compactions.loadedTwice;
import static sluice.upkeep.compaction.Compactions.segments;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.druid.Fault;
import sluice.sandbox.lambda.BusEvent;
import sluice.upkeep.retention.LockedDay;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What comes between a compaction and its end: locks, other writers, crashes, rows that do not add up. */
@ExtendWith(SandboxExtension.class)
@Isolated("pauses queues")
class CompactionTroubleIT {

    @Test
    void aLockOfSomebodyElseIsWaitedFor(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "compact_locked");
        BusEvent available = loadedTwice(ingestion, "compact_locked");
        LockedDay lock = new LockedDay(sandbox, "compact_locked");
        try (lock) {
            // When
            ingestion.define(compacted("compact_locked"));
            await().atMost(Ingestion.PATIENCE).untilAsserted(() -> {
                sandbox.lambda()
                        .deliverConcurrently("sluice-follow", available.detail().toString(), 1);
                assertThat(chunk(sandbox, "compact_locked")
                                .getOrDefault("reason", AttributeValue.fromS(""))
                                .s())
                        .isEqualTo("task lock-compact_locked has a lock on it");
            });

            // Then
            assertThat(compactRuns(ingestion)).isEmpty();
        }
        awaitCompacted(ingestion, 1);
        assertThat(ingestion.rows()).isEqualTo(20);
    }

    @Test
    void segmentsThatChangedSinceAreLeftAloneAndLookedAtAnew(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "compact_changed").define(compacted("compact_changed"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json(DAY, 10));
        ingestion.awaitAvailable();
        ingestion.upload("dt=2026-01-01/b.json", Rows.json(DAY, 10));
        available(ingestion, 2);
        sandbox.lambda().queue("sluice-submit").pause();
        await().atMost(Ingestion.PATIENCE).until(() -> compactRuns(ingestion).size() == 1);

        // When
        appendedByOthers(sandbox, "compact_changed", 5);
        sandbox.lambda().queue("sluice-submit").resume();

        // Then
        awaitCompacted(ingestion, 1);
        assertThat(ingestion
                        .await("sluice.run.failed", 1)
                        .get(0)
                        .detail()
                        .at("/data/problem/message")
                        .asText())
                .contains("different from the current used segments");
        assertThat(ingestion.rows()).isEqualTo(25);
        assertThat(segments(sandbox, "compact_changed")).isEqualTo(1);
    }

    @Test
    void aCompactionThatEndsBadlyLeavesTheRowsAndStopsBeforeTheNextCluster(Sandbox sandbox)
            throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "compact_stopped");
        BusEvent available = loadedTwice(ingestion, "compact_stopped");
        sandbox.lambda().queue("sluice-submit").pause();
        ingestion.define(compacted("compact_stopped").cluster("main, onprem"));
        JsonNode planned = awaitPlanned(sandbox, ingestion, available, 2);
        assertThat(planned.path("cluster").asText()).isEqualTo("main");
        assertThat(chunk(sandbox, "compact_stopped").get("compactionCluster").s())
                .isEqualTo("main");

        // When
        RestAssured.given()
                .baseUri(sandbox.api().uri().toString())
                .contentType("application/json")
                .body("{\"reason\": \"a test\"}")
                .post("/v1/runs/" + planned.path("id").asText() + "/cancel")
                .then()
                .statusCode(200);

        // Then
        awaitState(sandbox, "compact_stopped", "STOPPED");
        assertThat(chunk(sandbox, "compact_stopped").get("reason").s()).contains("is Cancelled");
        sandbox.lambda().deliverConcurrently("sluice-follow", available.detail().toString(), 2);
        assertThat(compactRuns(ingestion)).hasSize(1);
        assertThat(ingestion.rows()).isEqualTo(20);
    }

    @Test
    void aCompactionThatDoesNotKeepTheRowsIsTakenBack(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "compact_wrong");
        BusEvent available = loadedTwice(ingestion, "compact_wrong");
        sandbox.lambda().queue("sluice-submit").pause();
        ingestion.define(compacted("compact_wrong"));
        JsonNode planned = awaitPlanned(sandbox, ingestion, available, 1);
        expectAnotherRow(sandbox, planned.path("id").asText());

        // When
        sandbox.lambda().queue("sluice-submit").resume();

        // Then
        await().atMost(Duration.ofMinutes(6)).untilAsserted(() -> assertThat(
                        chunk(sandbox, "compact_wrong").get("compactionState").s())
                .isEqualTo("STOPPED"));
        assertThat(compactRuns(ingestion).get(0).at("/state/problem/message").asText())
                .contains("there were 21 rows and there are 20");
        await().atMost(Ingestion.PATIENCE).untilAsserted(() -> assertThat(segments(sandbox, "compact_wrong"))
                .isEqualTo(2));
        assertThat(ingestion.rows()).isEqualTo(20);
    }

    @Test
    void aFunctionKilledWhileItPlansIsContinued(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "compact_killed").define(compacted("compact_killed"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json(DAY, 10));
        ingestion.awaitAvailable();
        awaitState(sandbox, "compact_killed", "DONE");
        sandbox.druidProxy()
                .inject(Fault.beforeTheAnswer("POST", "/druid/indexer/v1/activeLocks", 1, () -> sandbox.lambda()
                        .kill("follow")));

        // When
        ingestion.upload("dt=2026-01-01/b.json", Rows.json(DAY, 10));

        // Then
        awaitCompacted(ingestion, 1);
        assertThat(compactRuns(ingestion)).hasSize(1);
        assertThat(ingestion.rows()).isEqualTo(20);
    }

    /** Falsifies what the plan of a run remembers from before: 21 rows instead of 20. */
    private static void expectAnotherRow(Sandbox sandbox, String runId) {
        Map<String, AttributeValue> plan = sandbox.dynamodb().items().stream()
                .filter(item -> item.get("pk").s().equals("run#" + runId)
                        && item.get("sk").s().startsWith("plan#"))
                .findFirst()
                .orElseThrow();
        Map<String, AttributeValue> changed = new HashMap<>(plan);
        String body = unzipped(plan.get("body").b().asByteArray());
        assertThat(body).contains("\"sluice.rowsBefore\":20");
        changed.put(
                "body",
                AttributeValue.fromB(SdkBytes.fromByteArray(
                        Rows.gzip(body.replace("\"sluice.rowsBefore\":20", "\"sluice.rowsBefore\":21")
                                .getBytes(StandardCharsets.UTF_8)))));
        sandbox.dynamodb().client().putItem(request -> request.tableName(
                        sandbox.dynamodb().table())
                .item(changed));
    }

    /** Rows that come into the day past Sluice. */
    private static void appendedByOthers(Sandbox sandbox, String datasource, int rows) {
        String id = "others-" + datasource;
        String data = new String(Rows.json(DAY, rows), StandardCharsets.UTF_8)
                .replace("\"", "\\\"")
                .replace("\n", "\\n");
        String task =
                """
                {"type":"index_parallel","id":"%s","context":{"useConcurrentLocks":true},"spec":{"dataSchema":
                {"dataSource":"%s","timestampSpec":{"column":"time"},"dimensionsSpec":{"dimensions":["channel","page"]},
                "metricsSpec":[{"type":"count","name":"rows_read"}],
                "granularitySpec":{"segmentGranularity":"DAY","queryGranularity":"NONE","rollup":false,
                "intervals":["2026-01-01/2026-01-02"]}},
                "ioConfig":{"type":"index_parallel","inputFormat":{"type":"json"},"appendToExisting":true,
                "inputSource":{"type":"inline","data":"%s"}},
                "tuningConfig":{"type":"index_parallel"}}}"""
                        .formatted(id, datasource, data);
        assertThat(sandbox.druid().post("/druid/indexer/v1/task", task).statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sandbox.druid().taskState(id).equals("SUCCESS"));
    }

    private static String unzipped(byte[] bytes) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
