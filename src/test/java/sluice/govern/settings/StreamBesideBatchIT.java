package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.druid.Fault;

/** A stream and files append to the same day at the same time. */
@ExtendWith(SandboxExtension.class)
@Isolated("injects faults")
class StreamBesideBatchIT {

    private static final String TASKS = "/druid/indexer/v1/task";

    @AfterEach
    void leaveNoSupervisor(Sandbox sandbox) {
        sandbox.druidProxy().reset();
        sandbox.druid().endSupervisors("beside");
    }

    @Test
    void whatTheStreamPublishesMeanwhileIsNeitherTheRunsNorTakenBack(Sandbox sandbox) {
        // Given: a stream, in the second version
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "beside");
        apply(api, definition(sandbox)).statusCode(201);
        apply(api, definition(sandbox).batch("expect", "{rows: {min: 1}}")).statusCode(200);
        awaitAligned(api);

        // When: it publishes between the run's first look at the chunk and the run's own segments
        sandbox.druidProxy().inject(Fault.droppingTheRequest("POST", TASKS, 1_000));
        ingestion.upload("dt=2026-01-05/a.json", rows(50).getBytes(StandardCharsets.UTF_8));
        Api.await().until(() -> sandbox.druidProxy().count("POST", TASKS) > 0);
        sandbox.kafka().send("beside", rows(20).lines().toList());
        Api.await().untilAsserted(() -> assertThat(ingestion.rows()).isEqualTo(20));
        sandbox.druid().post("/druid/indexer/v1/supervisor/beside/taskGroups/handoff", "{\"taskGroupIds\": [0]}");
        awaitPublished(sandbox);
        sandbox.druidProxy().reset();

        // Then: both are there, and the run is proven by its own report
        JsonNode counts = ingestion.awaitAvailable().path("counts");
        assertThat(counts.path("read").asLong()).isEqualTo(50);
        Api.await().untilAsserted(() -> assertThat(ingestion.rows()).isEqualTo(70));

        // When: the version is rolled back with its data
        String rollback = api.json("{\"reason\": \"test\", \"data\": true}")
                .header("idempotency-key", "rollback of StreamBesideBatchIT")
                .post("/v1/definitions/beside/rollback")
                .then()
                .statusCode(202)
                .extract()
                .path("href");

        // Then: what cannot be told apart stays, and is named
        Api.await().untilAsserted(() -> api.call()
                .get(rollback)
                .then()
                .body("phase", equalTo("DONE"))
                .body("problems", hasItem(containsString("cannot be told from those of"))));
        assertThat(ingestion.rows()).isEqualTo(70);
    }

    private static ValidatableResponse apply(Api api, DefinitionText text) {
        return api.yaml(text.toString()).put("/v1/definitions/beside").then();
    }

    private static DefinitionText definition(Sandbox sandbox) {
        return new DefinitionText("beside")
                .batch("mode", "append")
                .part(
                        "stream",
                        ("[{type: kafka, topic: beside, period: PT1S, consumerProperties:"
                                        + " {bootstrap.servers: \"%s\"}}]")
                                .formatted(sandbox.kafka().bootstrapServers()));
    }

    private static void awaitAligned(Api api) {
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/definitions/beside/alignment")
                .then()
                .body("phase", equalTo("ALIGNED")));
    }

    private static void awaitPublished(Sandbox sandbox) {
        Api.await().untilAsserted(() -> assertThat(sandbox.druid()
                        .sql("SELECT \"segment_id\" FROM sys.segments WHERE \"datasource\" = 'beside'"
                                + " AND \"is_published\" = 1"))
                .isNotEmpty());
    }

    private static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "{\"time\": \"2026-01-05T00:00:%02dZ\", \"page\": \"p%d\"}".formatted(index, index))
                .collect(Collectors.joining("\n"));
    }
}
