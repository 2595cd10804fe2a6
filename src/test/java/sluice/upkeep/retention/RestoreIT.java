package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static sluice.upkeep.retention.Sweeping.defineWithRulesSetAside;
import static sluice.upkeep.retention.Sweeping.order;

import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** What sweeps and rollbacks took away comes back, and what is on hold they leave, on a real Druid. */
@ExtendWith(SandboxExtension.class)
@Isolated("pauses the coordinator")
class RestoreIT {

    private static final String DAY = "2026-01-01/2026-01-02";

    @Test
    void whatASweepMarkedComesBackAndAHoldKeepsIt(Sandbox sandbox) {
        // Given: a sweep has marked the oldest of three days
        Api api = new Api(sandbox);
        StoredDays days = new StoredDays(sandbox, "res_swept").load(6, 1, 0);
        defineWithRulesSetAside(sandbox, "res_swept");
        order(sandbox, "res_swept", "").body("marked.segments", equalTo(1));
        days.awaitRows(2);
        String old = StoredDays.ago(6) + "/" + StoredDays.ago(5);
        String selection = "\"cluster\": \"main\", \"interval\": \"%s\"".formatted(old);

        // When
        ValidatableResponse preview = restore(api, "res_swept", "{%s}".formatted(selection));

        // Then
        preview.statusCode(200)
                .body("segments", equalTo(1))
                .body("markedUnused", equalTo(0))
                .body("versions", hasSize(1))
                .body("versions[0].since", notNullValue())
                .body("versions[0].replaces", empty());
        assertThat(days.unused()).hasSize(1);

        // When
        ValidatableResponse restored = carriedOut(api, "res_swept", selection, preview);

        // Then
        restored.body("problems", empty()).body("rows", equalTo(StoredDays.ROWS_A_DAY));
        days.awaitRows(3);
        assertThat(days.unused()).isEmpty();

        // When: the day is on hold
        hold(api, "res_swept", old).statusCode(200).body("holds", hasSize(1));
        ValidatableResponse held = order(sandbox, "res_swept", "");

        // Then: neither a sweep nor the definition's rules take it
        held.body("marked.segments", equalTo(0)).body("refusals.code", equalTo(List.of("HELD")));
        Api.await().untilAsserted(() -> assertThat(Sweeping.rules(sandbox, "res_swept"))
                .contains("loadByInterval", "dropForever"));
        days.awaitRows(3);
        assertThat(days.unused()).isEmpty();

        // When
        release(api, "res_swept", old);

        // Then: the rules drop it, as the definition says
        days.awaitRows(2);
    }

    @Test
    void whatARollbackTookBackComesBackByItsRun(Sandbox sandbox) {
        // Given: a rollback has restored ten rows and hidden four
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "res_rolled");
        apply(api, "res_rolled", "NONE");
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();
        apply(api, "res_rolled", "HOUR");
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 4));
        String bad = ingestion
                .await("sluice.run.available", 2)
                .get(1)
                .detail()
                .at("/data/runId")
                .asText();
        String href = api.json("{\"reason\": \"wrong\", \"data\": true}")
                .header("idempotency-key", UUID.randomUUID().toString())
                .post("/v1/definitions/res_rolled/rollback")
                .then()
                .statusCode(202)
                .extract()
                .path("href");
        Api.await().untilAsserted(() -> api.call()
                .get(href)
                .then()
                .body("phase", equalTo("DONE"))
                .body("problems", empty()));
        Api.await().untilAsserted(() -> assertThat(ingestion.rows()).isEqualTo(10));
        String selection = "\"cluster\": \"main\", \"run\": \"%s\"".formatted(bad);

        // When
        ValidatableResponse preview = restore(api, "res_rolled", "{" + selection + "}");

        // Then
        preview.statusCode(200).body("versions[0].replaces", hasSize(0)).body("versions[0].hides[0].rows", equalTo(10));

        // When
        ValidatableResponse restored = carriedOut(api, "res_rolled", selection, preview);

        // Then
        restored.body("problems", empty()).body("rows", equalTo(4));
        Api.await().untilAsserted(() -> assertThat(ingestion.rows()).isEqualTo(4));

        // Then: the same fingerprint restores nothing again
        api.json("{%s, \"fingerprint\": \"%s\", \"reason\": \"again\"}"
                        .formatted(selection, preview.extract().<String>path("fingerprint")))
                .post("/v1/datasources/res_rolled/restore")
                .then()
                .statusCode(404);
    }

    @Test
    void aReplaceWaitsForTheEndOfAHold(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "res_held");
        apply(api, "res_held", "NONE");
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();
        hold(api, "res_held", DAY).statusCode(200);

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 4));

        // Then
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/runs?datasource=res_held&state=Waiting")
                .then()
                .body("runs", hasSize(1)));
        assertThat(ingestion.rows()).isEqualTo(10);

        // When
        release(api, "res_held", DAY);

        // Then
        ingestion.await("sluice.run.available", 2);
        Api.await().untilAsserted(() -> assertThat(ingestion.rows()).isEqualTo(4));
    }

    private static void apply(Api api, String datasource, String granularity) {
        api.yaml(new DefinitionText(datasource)
                        .granularity(
                                "{segmentGranularity: DAY, queryGranularity: %s, rollup: false}".formatted(granularity))
                        .toString())
                .put("/v1/definitions/{datasource}", datasource);
    }

    private static ValidatableResponse hold(Api api, String datasource, String interval) {
        return api.json("{\"interval\": \"%s\", \"reason\": \"audit\"}".formatted(interval))
                .put("/v1/datasources/{datasource}/holds", datasource)
                .then();
    }

    private static void release(Api api, String datasource, String interval) {
        api.call()
                .delete("/v1/datasources/{datasource}/holds?interval={interval}", datasource, interval)
                .then()
                .statusCode(200)
                .body("holds", empty());
    }

    private static ValidatableResponse restore(Api api, String datasource, String body) {
        return api.json(body)
                .post("/v1/datasources/{datasource}/restore", datasource)
                .then();
    }

    /** Carries out what the preview has shown, and waits for the end. */
    private static ValidatableResponse carriedOut(
            Api api, String datasource, String selection, ValidatableResponse preview) {
        String fingerprint = preview.extract().path("fingerprint");
        String href = restore(
                        api,
                        datasource,
                        "{%s, \"fingerprint\": \"%s\", \"reason\": \"it was right\"}".formatted(selection, fingerprint))
                .statusCode(202)
                .extract()
                .path("href");
        Api.await().untilAsserted(() -> api.call().get(href).then().body("phase", equalTo("DONE")));
        ValidatableResponse done = api.call().get(href).then();
        api.call()
                .get("/v1/datasources/{datasource}/restores", datasource)
                .then()
                .body("restores.href", hasItem(href));
        return done;
    }
}
