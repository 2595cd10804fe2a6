package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.druid.Fault;
import sluice.sandbox.s3.S3;
import sluice.upkeep.retention.LockedDay;

/** Runs are ordered, followed and cancelled by HTTP. */
@ExtendWith(SandboxExtension.class)
@Isolated("pauses queues")
class RunsIT {

    @Test
    void anOrderUnderOneKeyIsOneRunHoweverOftenItIsPlaced(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_order").define(new DefinitionText("gate_order"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 20));
        ingestion.awaitAvailable();
        String order = "{\"datasource\": \"gate_order\", \"objects\": [{\"bucket\": \"%s\", \"key\": \"%s\"}]}"
                .formatted(S3.LANDING, "gate_order/dt=2026-01-01/a.json");

        // When
        String run = placed(api, "airflow 1", order).statusCode(201).extract().path("runs[0].id");
        ValidatableResponse again = placed(api, "airflow 1", order);
        ValidatableResponse other = placed(api, "airflow 1", order.replace("}]}", "}], \"reason\": \"other\"}"));
        ValidatableResponse withoutKey = api.json(order).post("/v1/runs").then();

        // Then
        again.statusCode(200).body("runs.id", contains(run));
        other.statusCode(422).body("detail", containsString("airflow 1"));
        withoutKey.statusCode(200).body("runs[0].state", equalTo("Available"));
        assertThat(withoutKey.extract().<String>path("runs[0].id")).isNotEqualTo(run);
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/runs/{id}", run)
                .then()
                .statusCode(200)
                .body("state", equalTo("Available"))
                .body("order.author", containsString("user/ci"))
                .body("order.idempotencyKey", equalTo("airflow 1"))
                .body("history.state", hasItem("Submitted"))
                .body("stateDetails.counts.rows", equalTo(20)));
        assertThat(ingestion.rows()).isEqualTo(20);
        assertThat(ingestion.runs()).hasSize(2);
        api.call()
                .queryParam("bucket", S3.LANDING)
                .queryParam("key", "gate_order/dt=2026-01-01/a.json")
                .get("/v1/objects")
                .then()
                .statusCode(200)
                .body("versions", hasSize(1))
                .body("versions[0].run", equalTo(run))
                .body("versions[0].rows", equalTo(20));
    }

    @Test
    void anIntervalIsLoadedAsOneRunAndListedInPages(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_span").define(new DefinitionText("gate_span"));
        ingestion
                .upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 5))
                .upload("dt=2026-01-02/a.json", Rows.json("2026-01-02", 6));
        ingestion.await("sluice.run.available", 2);

        // When
        placed(api, "backfill", "{\"datasource\": \"gate_span\", \"interval\": \"2026-01-01/2026-01-03\"}")
                .statusCode(201);

        // Then
        ingestion.await("sluice.run.available", 3);
        assertThat(ingestion.rows()).isEqualTo(11);
        String next = api.call()
                .get("/v1/runs?datasource=gate_span&state=Available&since=2026-01-01&limit=2")
                .then()
                .statusCode(200)
                .body("runs", hasSize(2))
                .body("next", notNullValue())
                .extract()
                .path("next");
        api.call()
                .queryParam("next", next)
                .get("/v1/runs?datasource=gate_span&state=Available&limit=2")
                .then()
                .statusCode(200)
                .body("runs", hasSize(1));
        api.call().get("/v1/runs?datasource=gate_span&next=x").then().statusCode(400);
        api.call().get("/v1/runs?datasource=gate_span&state=Gone").then().statusCode(400);
        api.call().get("/v1/runs").then().statusCode(400);
    }

    @Test
    void whatCannotBeOrderedIsToldWhy(Sandbox sandbox) {
        Api api = new Api(sandbox);
        new Ingestion(sandbox, "gate_refuse").define(new DefinitionText("gate_refuse"));

        for (List<String> bad : List.of(
                List.of(
                        "404",
                        "{\"datasource\": \"nobody_knows\", \"interval\": \"2026-01-01/2026-01-02\"}",
                        "nobody_knows"),
                List.of("422", "{\"datasource\": \"gate_refuse\", \"interval\": \"2026-01-01/2026-01-02\"}", "nothing"),
                List.of(
                        "422",
                        "{\"datasource\": \"gate_refuse\", \"interval\": \"2026-01-01T05:00:00Z/2026-01-02\"}",
                        "whole"),
                List.of(
                        "422",
                        "{\"datasource\": \"gate_refuse\", \"interval\": \"2026-01-01/2027-01-01\"}",
                        "at most 90"),
                List.of(
                        "422",
                        "{\"datasource\": \"gate_refuse\", \"clusters\": [\"x\"], \"interval\": \"2026-01-01/2026-01-02\"}",
                        "not for x"),
                List.of("400", "{\"datasource\": \"gate_refuse\"}", "exactly one of 'objects' and 'interval'"),
                List.of(
                        "400",
                        "{\"datasource\": \"gate_refuse\", \"intervall\": \"2026-01-01/2026-01-02\"}",
                        "intervall"),
                List.of(
                        "400",
                        "{\"datasource\": \"gate_refuse\", \"clusters\": [1e400], \"interval\": \"2026-01-01/2026-01-02\"}",
                        "/clusters/0"),
                List.of(
                        "400",
                        "{\"datasource\": \"gate_refuse\", \"objects\": [{\"bucket\": 1e400, \"key\": \"a\"}]}",
                        "/objects/0/bucket"),
                List.of("400", "{", "not JSON"))) {
            api.json(bad.get(1))
                    .post("/v1/runs")
                    .then()
                    .statusCode(Integer.parseInt(bad.get(0)))
                    .contentType("application/problem+json")
                    .body("detail", containsString(bad.get(2)));
        }
    }

    @Test
    void aRunThatHasNotBeenSubmittedIsCancelledAtOnce(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_early").define(new DefinitionText("gate_early"));
        sandbox.lambda().queue("sluice-submit").pause();
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 5));
        String run = ingestion
                .await("sluice.run.planned", 1)
                .get(0)
                .detail()
                .at("/data/runId")
                .asText();

        // When
        ValidatableResponse cancelled = api.json("{\"reason\": \"wrong file\"}")
                .post("/v1/runs/{id}/cancel", run)
                .then();
        sandbox.lambda().queue("sluice-submit").resume();

        // Then
        cancelled
                .statusCode(200)
                .body("state", equalTo("Cancelled"))
                .body("stateDetails.reason", containsString("wrong file"));
        api.json("{}").post("/v1/runs/{id}/cancel", run).then().statusCode(200).body("state", equalTo("Cancelled"));
        ingestion.await("sluice.run.cancelled", 1);
        assertThat(sandbox.druid()
                        .get("/druid/indexer/v1/task/" + cancelled.extract().path("taskId") + "/status")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theTaskOfACancelledRunIsWatchedUntilItHasEnded(Sandbox sandbox) {
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_cancel").define(new DefinitionText("gate_cancel"));
        try (LockedDay locked = new LockedDay(sandbox, "gate_cancel")) {
            // Given
            ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 5));
            JsonNode submitted =
                    ingestion.await("sluice.run.submitted", 1).get(0).detail().path("data");
            String run = submitted.path("runId").asText();
            sandbox.druidProxy()
                    .inject(Fault.droppingTheRequest(
                            "POST",
                            "/druid/indexer/v1/task/" + submitted.path("taskId").asText() + "/shutdown",
                            1));

            // When
            ValidatableResponse answer = api.json("{\"reason\": \"not needed\"}")
                    .post("/v1/runs/{id}/cancel", run)
                    .then();

            // Then
            answer.statusCode(202).body("stateDetails.cancelReason", containsString("not needed"));
            ingestion.await("sluice.run.cancelled", 1);
            assertThat(sandbox.druid().taskState(submitted.path("taskId").asText()))
                    .isEqualTo("FAILED");
            api.call().get("/v1/runs/{id}", run).then().body("state", equalTo("Cancelled"));
        }
    }

    private static ValidatableResponse placed(Api api, String key, String order) {
        return api.callAs("ci")
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(order)
                .post("/v1/runs")
                .then();
    }
}
