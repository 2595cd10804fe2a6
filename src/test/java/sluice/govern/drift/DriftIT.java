package sluice.govern.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** Columns change in the files, and the definition says what happens then. */
@ExtendWith(SandboxExtension.class)
class DriftIT {

    @Test
    void aNewColumnRefusesTheRunWhereTheDefinitionSaysFail(Sandbox sandbox) {
        // Given
        Ingestion ingestion = loadedOnce(sandbox, "drift_fail", "fail");

        // When
        ingestion.upload("dt=2026-01-02/a.json", rowsWithLanguage("2026-01-02", 5));
        JsonNode refused =
                ingestion.await("sluice.run.refused", 1).get(0).detail().path("data");

        // Then
        assertThat(refused.at("/problem/code").asText()).isEqualTo("DRIFT");
        assertThat(refused.at("/problem/message").asText()).contains("SLU-0910", "'language'");
        assertThat(ingestion.rows()).isEqualTo(10);

        // When the definition names the column, and the file comes again
        Api api = new Api(sandbox);
        api.yaml(text("drift_fail", "fail").replace("[channel,", "[channel, language,"))
                .put("/v1/definitions/drift_fail")
                .then()
                .statusCode(200);
        ingestion.upload("dt=2026-01-02/a.json", rowsWithLanguage("2026-01-02", 6));
        ingestion.await("sluice.run.available", 2);

        // Then
        assertThat(ingestion.rows()).isEqualTo(16);
    }

    @Test
    void aNewColumnBecomesANewVersionWhereTheDefinitionSaysEvolve(Sandbox sandbox) {
        // Given
        Ingestion ingestion = loadedOnce(sandbox, "drift_evolve", "evolve");

        // When
        ingestion.upload("dt=2026-01-02/a.json", rowsWithLanguage("2026-01-02", 5));
        ingestion.await("sluice.run.available", 2);

        // Then
        JsonNode languages =
                sandbox.druid().sql("SELECT COUNT(*) AS \"n\" FROM \"drift_evolve\" WHERE \"language\" = 'en'");
        assertThat(languages.get(0).path("n").asInt()).isEqualTo(5);
        Api api = new Api(sandbox);
        api.call()
                .get("/v1/definitions/drift_evolve")
                .then()
                .statusCode(200)
                .body("number", equalTo(2))
                .body("author", equalTo("sluice"))
                .body("note", equalTo("new columns in the files: language"));
        assertThat(ingestion.events("sluice.run.refused")).isEmpty();
    }

    @Test
    void aNewColumnIsToldOnceAndARetypedOneWhereTheDefinitionSaysWarn(Sandbox sandbox) {
        // Given
        Ingestion ingestion = loadedOnce(sandbox, "drift_warn", "warn");
        Api api = new Api(sandbox);

        // When
        ingestion.upload("dt=2026-01-02/a.json", rowsWithLanguage("2026-01-02", 5));
        ingestion.await("sluice.run.available", 2);
        ingestion.upload("dt=2026-01-03/a.json", rowsWithLanguage("2026-01-03", 5));
        String second = ingestion
                .await("sluice.run.available", 3)
                .get(1)
                .detail()
                .at("/data/runId")
                .asText();
        String third = ingestion
                .events("sluice.run.available")
                .get(2)
                .detail()
                .at("/data/runId")
                .asText();

        // Then
        api.call().get("/v1/runs/" + second).then().body("findings.code", hasItem("SLU-0910"));
        assertThat(api.call().get("/v1/runs/" + third).jsonPath().getList("findings.code", String.class))
                .doesNotContain("SLU-0910");
    }

    @Test
    void aNewVersionThatMeetsANewColumnGivesWayWhereItSaysRollback(Sandbox sandbox) {
        // Given
        Ingestion ingestion = loadedOnce(sandbox, "drift_back", "warn");
        String good = ingestion.awaitAvailable().path("definitionHash").asText();
        Api api = new Api(sandbox);
        api.yaml(text("drift_back", "rollback"))
                .put("/v1/definitions/drift_back")
                .then()
                .statusCode(200)
                .body("number", equalTo(2));

        // When
        ingestion.upload("dt=2026-01-02/a.json", rowsWithLanguage("2026-01-02", 5));

        // Then: the version before loads the file that the new one refused
        JsonNode again =
                ingestion.await("sluice.run.available", 2).get(1).detail().path("data");
        assertThat(again.path("definitionHash").asText()).isEqualTo(good);
        assertThat(ingestion.rows()).isEqualTo(15);
        assertThat(ingestion
                        .await("sluice.run.refused", 1)
                        .get(0)
                        .detail()
                        .at("/data/problem/code")
                        .asText())
                .isEqualTo("DRIFT");
        api.call()
                .get("/v1/definitions/drift_back/history")
                .then()
                .body("active", equalTo(1))
                .body("activations[0].kind", equalTo("ROLLBACK"))
                .body("activations[0].author", equalTo("sluice"))
                .body("activations[0].reason", containsString("language"));
    }

    @Test
    void aPlanTellsHowColumnsDifferFromTheLiveDatasource(Sandbox sandbox) {
        // Given
        loadedOnce(sandbox, "drift_live", "warn");

        // When, Then
        new Api(sandbox)
                .yaml(text("drift_live", "warn").replace("[channel, page", "[channel, language"))
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("plans[0].clusters[0].drift.code", hasItem("SLU-0915"))
                .body("plans[0].clusters[0].drift.message.join()", containsString("'page'"));
    }

    @Test
    void anIncompatibleChangeIsNotApplied(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        api.yaml(text("drift_mode", "warn"))
                .put("/v1/definitions/drift_mode")
                .then()
                .statusCode(201);
        String without = text("drift_mode", "warn").replace("[channel, page", "[channel") + "compatibility: forward\n";

        // When, Then
        api.yaml(without)
                .put("/v1/definitions/drift_mode")
                .then()
                .statusCode(422)
                .body("findings.code", hasItem("SLU-0916"));
        api.yaml(without.replace("forward", "backward"))
                .put("/v1/definitions/drift_mode")
                .then()
                .statusCode(200);
    }

    private static Ingestion loadedOnce(Sandbox sandbox, String datasource, String policy) {
        new Api(sandbox)
                .yaml(text(datasource, policy))
                .put("/v1/definitions/" + datasource)
                .then()
                .statusCode(201);
        Ingestion ingestion = new Ingestion(sandbox, datasource);
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();
        return ingestion;
    }

    private static String text(String datasource, String policy) {
        return new DefinitionText(datasource) + "drift: " + policy + "\n";
    }

    private static byte[] rowsWithLanguage(String day, int count) {
        String rows = new String(Rows.json(day, count), StandardCharsets.UTF_8);
        return rows.replace("{\"time\"", "{\"language\":\"en\",\"time\"").getBytes(StandardCharsets.UTF_8);
    }
}
