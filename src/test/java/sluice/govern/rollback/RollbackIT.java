package sluice.govern.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.AlsoOnDruid37;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.upkeep.retention.LockedDay;

/** Back to an earlier version: the pointer, the tasks in flight, and the data. */
@ExtendWith(SandboxExtension.class)
class RollbackIT {

    private static final String NONE = "{segmentGranularity: DAY, queryGranularity: NONE, rollup: false}";
    private static final String HOUR = "{segmentGranularity: DAY, queryGranularity: HOUR, rollup: false}";

    @Test
    @AlsoOnDruid37
    void tasksInFlightOfTheBadVersionEndAndTheirFilesAreLoadedByTheEarlierOne(Sandbox sandbox) {
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_flight");
        String good = apply(api, "gate_flight", NONE);
        apply(api, "gate_flight", HOUR);
        String task;
        ValidatableResponse answer;
        try (LockedDay locked = new LockedDay(sandbox, "gate_flight")) {
            // Given
            ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
            task = ingestion
                    .await("sluice.run.submitted", 1)
                    .get(0)
                    .detail()
                    .at("/data/taskId")
                    .asText();

            // When
            answer = rollBack(api, "gate_flight", "{\"reason\": \"too coarse\"}");

            // Then
            answer.statusCode(202)
                    .body("from", equalTo(2))
                    .body("to", equalTo(1))
                    .body("phase", equalTo("STOPPING"));
            ingestion.await("sluice.run.cancelled", 1);
            assertThat(sandbox.druid().taskState(task)).isEqualTo("FAILED");
        }
        done(api, answer)
                .body("stopped", hasSize(1))
                .body("reloaded", hasSize(1))
                .body("problems", empty());
        JsonNode available = ingestion.awaitAvailable();
        assertThat(available.path("definitionHash").asText()).isEqualTo(good);
        assertThat(times(sandbox, "gate_flight")).isEqualTo(10);
        api.call()
                .get("/v1/definitions/gate_flight/history")
                .then()
                .body("activations[0].kind", equalTo("ROLLBACK"))
                .body("activations[0].reason", equalTo("too coarse"));
    }

    @Test
    @AlsoOnDruid37
    void theDataFromBeforeIsServedAgain(Sandbox sandbox) {
        // Given: a day that the bad version replaced, and one that only the bad version has loaded
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_data");
        apply(api, "gate_data", NONE);
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();
        apply(api, "gate_data", HOUR);
        ingestion
                .upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 4))
                .upload("dt=2026-01-02/a.json", Rows.json("2026-01-02", 7));
        ingestion.await("sluice.run.available", 3);
        assertThat(ingestion.rows()).isEqualTo(11);
        assertThat(times(sandbox, "gate_data")).isEqualTo(2);

        // When
        ValidatableResponse answer = rollBack(api, "gate_data", "{\"reason\": \"wrong\", \"data\": true}");

        // Then
        done(api, answer)
                .body("restored[0].takenBack", equalTo(2))
                .body("restored[0].gone", equalTo(0))
                .body("reloaded", hasSize(1))
                .body("problems", empty());
        Api.await().untilAsserted(() -> assertThat(ingestion.rows()).isEqualTo(17));
        assertThat(times(sandbox, "gate_data")).isEqualTo(17);
        api.call().get("/v1/runs?datasource=gate_data&state=RolledBack").then().body("runs", hasSize(2));
        ingestion.await("sluice.run.rolled-back", 2);
    }

    @Test
    void whereTheEarlierSegmentsAreGoneTheDayIsLoadedAgain(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_gone");
        apply(api, "gate_gone", NONE);
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();
        List<String> earlier = segments(sandbox, "gate_gone");
        apply(api, "gate_gone", HOUR);
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 12));
        ingestion.await("sluice.run.available", 2);
        kill(sandbox, "gate_gone", earlier);

        // When
        ValidatableResponse answer = rollBack(api, "gate_gone", "{\"reason\": \"wrong\", \"data\": true, \"to\": 1}");

        // Then
        done(api, answer).body("restored[0].gone", equalTo(1)).body("reloaded", hasSize(1));
        ingestion.await("sluice.run.available", 3);
        // Between the bad segments' end and the reload Druid knows no such datasource, and says so with an error.
        Api.await().ignoreException(IllegalStateException.class).untilAsserted(() -> {
            assertThat(ingestion.rows()).isEqualTo(12);
            assertThat(times(sandbox, "gate_gone")).isEqualTo(12);
        });
    }

    @Test
    @AlsoOnDruid37
    void whereThereIsNothingToGoBackToNothingHappens(Sandbox sandbox) {
        Api api = new Api(sandbox);
        apply(api, "gate_first", NONE);

        rollBack(api, "gate_first", "{\"reason\": \"x\"}").statusCode(409).body("detail", containsString("the first"));
        rollBack(api, "gate_first", "{\"reason\": \"x\", \"to\": 1}").statusCode(409);
        rollBack(api, "gate_first", "{\"reason\": \"x\", \"to\": 9}").statusCode(409);
        rollBack(api, "gate_first", "{}").statusCode(400).body("detail", containsString("reason"));
        rollBack(api, "gate_nobody", "{\"reason\": \"x\"}").statusCode(404);
        api.call()
                .get("/v1/definitions/gate_first/history")
                .then()
                .body("activations", hasSize(1))
                .body("activations.kind", hasItem("APPLY"));
    }

    @Test
    @AlsoOnDruid37
    void aVersionWhoseFirstRunViolatesItsExpectationGivesWayByItself(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_self");
        String good = apply(api, "gate_self", NONE);
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();
        String bad = new DefinitionText("gate_self")
                .granularity(HOUR)
                .batch("expect", "{rows: {min: 1000}}")
                .batch("onViolation", "rollback")
                .toString();
        api.yaml(bad).put("/v1/definitions/gate_self").then().statusCode(200).body("number", equalTo(2));

        // When
        ingestion.upload("dt=2026-01-02/a.json", Rows.json("2026-01-02", 7));

        // Then
        JsonNode again =
                ingestion.await("sluice.run.available", 2).get(1).detail().path("data");
        assertThat(again.path("definitionHash").asText()).isEqualTo(good);
        Api.await().untilAsserted(() -> assertThat(ingestion.rows()).isEqualTo(17));
        assertThat(ingestion.events("sluice.run.rolled-back")).hasSize(1);
        api.call()
                .get("/v1/definitions/gate_self/history")
                .then()
                .body("active", equalTo(1))
                .body("activations[0].kind", equalTo("ROLLBACK"))
                .body("activations[0].author", equalTo("sluice"));
    }

    @Test
    @AlsoOnDruid37
    void aBadFileUnderAVersionThatHasLoadedBeforeChangesNoVersion(Sandbox sandbox) throws InterruptedException {
        // Given
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_proven");
        apply(api, "gate_proven", NONE);
        String strict = new DefinitionText("gate_proven")
                .batch("expect", "{rows: {min: 5}}")
                .batch("onViolation", "rollback")
                .toString();
        api.yaml(strict)
                .put("/v1/definitions/gate_proven")
                .then()
                .statusCode(200)
                .body("number", equalTo(2));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();

        // When
        ingestion.upload("dt=2026-01-02/a.json", Rows.json("2026-01-02", 2));
        String end =
                ingestion.await("sluice.run.rolled-back", 1).get(0).detail().toString();
        sandbox.lambda().deliverConcurrently("sluice-follow", end, 2);

        // Then
        api.call()
                .get("/v1/definitions/gate_proven/history")
                .then()
                .body("active", equalTo(2))
                .body("activations[0].kind", equalTo("APPLY"));
        Api.await().untilAsserted(() -> assertThat(ingestion.rows()).isEqualTo(10));
    }

    private static String apply(Api api, String datasource, String granularity) {
        return api.yaml(new DefinitionText(datasource).granularity(granularity).toString())
                .put("/v1/definitions/{datasource}", datasource)
                .then()
                .extract()
                .path("hash");
    }

    private static ValidatableResponse rollBack(Api api, String datasource, String body) {
        return api.json(body)
                .header("idempotency-key", UUID.randomUUID().toString())
                .post("/v1/definitions/{datasource}/rollback", datasource)
                .then();
    }

    /** Waits until the rollback is done. */
    private static ValidatableResponse done(Api api, ValidatableResponse answer) {
        String href = answer.statusCode(202).extract().path("href");
        Api.await().untilAsserted(() -> api.call().get(href).then().body("phase", equalTo("DONE")));
        return api.call().get(href).then();
    }

    /** How many different times the rows have: as many as rows by the one version, one a day by the other. */
    private static long times(Sandbox sandbox, String datasource) {
        return sandbox.druid()
                .sql("SELECT COUNT(*) AS \"n\" FROM (SELECT DISTINCT \"__time\" FROM \"" + datasource + "\")")
                .get(0)
                .path("n")
                .asLong();
    }

    private static List<String> segments(Sandbox sandbox, String datasource) {
        List<String> ids = new ArrayList<>();
        sandbox.druid()
                .sql("SELECT \"segment_id\" FROM sys.segments WHERE \"datasource\" = '" + datasource + "'")
                .forEach(row -> ids.add(row.path("segment_id").asText()));
        return ids;
    }

    private static void kill(Sandbox sandbox, String datasource, List<String> segments) {
        String ids = "[\"" + String.join("\",\"", segments) + "\"]";
        assertThat(sandbox.druid()
                        .post(
                                "/druid/indexer/v1/datasources/" + datasource + "/markUnused",
                                "{\"segmentIds\":" + ids + "}")
                        .statusCode())
                .isEqualTo(200);
        String task =
                "{\"type\":\"kill\",\"id\":\"kill-%1$s\",\"dataSource\":\"%1$s\",\"interval\":\"2026-01-01/2026-01-02\"}"
                        .formatted(datasource);
        assertThat(sandbox.druid().post("/druid/indexer/v1/task", task).statusCode())
                .isEqualTo(200);
        Api.await().untilAsserted(() -> assertThat(sandbox.druid().taskState("kill-" + datasource))
                .isEqualTo("SUCCESS"));
    }
}
