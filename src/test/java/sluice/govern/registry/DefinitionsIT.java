package sluice.govern.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** Definitions are applied, and what was applied is in force. */
@ExtendWith(SandboxExtension.class)
class DefinitionsIT {

    @Test
    void eachChangeOfContentIsAVersionWithItsStory(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        String first = new DefinitionText("gate_apply").toString();
        String second =
                new DefinitionText("gate_apply").batch("timeout", "PT1H").toString();

        // When
        ValidatableResponse created = api.callAs("alice")
                .contentType(Api.YAML)
                .body(first)
                .queryParam("commit", "0a1b2c3")
                .queryParam("note", "first try")
                .header("If-None-Match", "*")
                .put("/v1/definitions/gate_apply")
                .then();
        ValidatableResponse same = api.yaml("# a comment\n" + first)
                .put("/v1/definitions/gate_apply")
                .then();
        String etag = same.extract().header("etag");
        ValidatableResponse changed = api.callAs("bob")
                .contentType(Api.YAML)
                .body(second)
                .header("If-Match", etag)
                .put("/v1/definitions/gate_apply")
                .then();
        ValidatableResponse stale = api.yaml(first)
                .header("If-Match", etag)
                .put("/v1/definitions/gate_apply")
                .then();

        // Then
        created.statusCode(201)
                .body("number", equalTo(1))
                .body("author", containsString("user/alice"))
                .body("commit", equalTo("0a1b2c3"))
                .body("note", equalTo("first try"))
                .body("parent", nullValue());
        same.statusCode(200).body("number", equalTo(1)).body("changed", equalTo(false));
        changed.statusCode(200).body("number", equalTo(2)).body("parent", equalTo(1));
        stale.statusCode(412);
        String now = api.call()
                .get("/v1/definitions/gate_apply")
                .then()
                .statusCode(200)
                .body("number", equalTo(2))
                .body("text", equalTo(second))
                .extract()
                .header("etag");
        api.call()
                .header("If-None-Match", now)
                .get("/v1/definitions/gate_apply")
                .then()
                .statusCode(304);
        assertThat(api.call()
                        .accept(Api.YAML)
                        .get("/v1/definitions/gate_apply")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .isEqualTo(second);
        api.call()
                .get("/v1/definitions/gate_apply/versions")
                .then()
                .statusCode(200)
                .body("active", equalTo(2))
                .body("versions.number", contains(2, 1));
        api.call()
                .get("/v1/definitions/gate_apply/versions/1")
                .then()
                .statusCode(200)
                .body("text", equalTo(first));
        api.call().get("/v1/definitions/gate_apply/versions/3").then().statusCode(404);
        api.call()
                .get("/v1/definitions/gate_apply/history")
                .then()
                .statusCode(200)
                .body("activations.version", contains(2, 1))
                .body("activations.kind", contains("APPLY", "APPLY"))
                .body("activations[0].author", containsString("user/bob"));
        api.call().get("/v1/definitions").then().statusCode(200).body("definitions.datasource", hasItem("gate_apply"));
    }

    @Test
    void ofManyWhoApplyAtOnceOneWins(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        String etag = api.yaml(new DefinitionText("gate_race").toString())
                .put("/v1/definitions/gate_race")
                .then()
                .statusCode(201)
                .extract()
                .header("etag");

        // When
        List<Integer> statuses = IntStream.rangeClosed(1, 6)
                .parallel()
                .mapToObj(hours -> api.yaml(new DefinitionText("gate_race")
                                .batch("timeout", "PT" + hours + "H")
                                .toString())
                        .header("If-Match", etag)
                        .put("/v1/definitions/gate_race")
                        .statusCode())
                .toList();

        // Then
        assertThat(statuses)
                .containsOnlyOnce(200)
                .filteredOn(status -> status != 200)
                .containsOnly(412);
        api.call()
                .get("/v1/definitions/gate_race/versions")
                .then()
                .body("active", equalTo(2))
                .body("versions.number", contains(2, 1));
    }

    @Test
    void whatWasAppliedIsInForceWhateverFilesSay(Sandbox sandbox) {
        // Given: the file would refuse what the registry's version takes
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_force")
                .define(new DefinitionText("gate_force")
                        .batch("expect", "{rows: {min: 1000}}")
                        .batch("onViolation", "fail"));
        String hash = api.yaml(new DefinitionText("gate_force").toString())
                .put("/v1/definitions/gate_force")
                .then()
                .statusCode(201)
                .extract()
                .path("hash");

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 8));

        // Then
        assertThat(ingestion.awaitAvailable().path("definitionHash").asText()).isEqualTo(hash);
        assertThat(ingestion.rows()).isEqualTo(8);
    }

    @Test
    void whatHasErrorsIsNotApplied(Sandbox sandbox) {
        Api api = new Api(sandbox);
        DefinitionText good = new DefinitionText("gate_bad");

        api.yaml(good.toString().replace("schema:", "shcema:"))
                .put("/v1/definitions/gate_bad")
                .then()
                .statusCode(422)
                .body("findings.suggestion", hasItem("schema"));
        api.yaml(good.toString())
                .put("/v1/definitions/another")
                .then()
                .statusCode(422)
                .body("detail", containsString("gate_bad"));
        api.yaml(new DefinitionText("gate_bad").cluster("nowhere").toString())
                .put("/v1/definitions/gate_bad")
                .then()
                .statusCode(422)
                .body("findings.code", hasItem("SLU-0901"));
        api.yaml(new DefinitionText("gate_bad")
                        .batch("tuningConfig", "{maxRowsInMemroy: 5}")
                        .toString())
                .put("/v1/definitions/gate_bad")
                .then()
                .statusCode(422)
                .body("findings", not(empty()));
        api.call().get("/v1/definitions/gate_bad").then().statusCode(404);
    }
}
