package sluice.govern.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.s3.S3;

/** What a change would do is told before it is done. */
@ExtendWith(SandboxExtension.class)
class PlanIT {

    @Test
    void aPlanTellsTheDifferenceWhatIsReplacedAndTheFirstRows(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "gate_plan");
        String first = new DefinitionText("gate_plan").toString();
        api.yaml(first).put("/v1/definitions/gate_plan").then().statusCode(201);
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 30));
        ingestion.awaitAvailable();
        String second = first.replace("channel, page", "channel");
        ObjectNode order = new ObjectMapper().createObjectNode();
        order.putArray("definitions").add(second);
        order.putArray("objects").addObject().put("bucket", S3.LANDING).put("key", "gate_plan/dt=2026-01-01/a.json");

        // When, Then
        api.json(order.toString())
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("changes", equalTo("present"))
                .body("plans[0].activeVersion", equalTo(1))
                .body("plans[0].definition.pointer", hasItem("/schema/dimensionsSpec/dimensions/1"))
                .body("plans[0].definition.kind", hasItem("REMOVED"))
                .body("plans[0].clusters[0].specChanges", hasSize(1))
                .body("plans[0].clusters[0].replaced[0].rows", equalTo(30))
                .body(
                        "plans[0].findings.find { it.code == 'SLU-0920' }.message",
                        startsWith("1 segments in 1 time chunks"))
                .body("plans[0].clusters[0].preview.read", equalTo(30))
                .body("plans[0].clusters[0].preview.rows[0].channel", equalTo("#en"));
        assertThat(api.json(order.toString())
                        .accept("text/markdown")
                        .post("/v1/plan")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains("would follow version 1", "- /schema/dimensionsSpec/dimensions/1: \"page\"", "30 rows");
        api.yaml(first).post("/v1/plan").then().statusCode(200).body("changes", equalTo("none"));
        api.call().get("/v1/definitions/gate_plan/versions").then().body("versions", hasSize(1));
    }

    @Test
    void aDefinitionWithErrorsIsRefusedWithItsFindings(Sandbox sandbox) {
        Api api = new Api(sandbox);
        String bad = new DefinitionText("gate_plan_bad").toString().replace("mode: replace", "mode: replcae");

        api.yaml(bad)
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("changes", equalTo("refused"))
                .body("plans[0].findings.pointer", hasItem("/batch/mode"));
        api.yaml(bad)
                .accept("application/sarif+json")
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("version", equalTo("2.1.0"))
                .body("runs[0].results", not(empty()))
                .body("runs[0].results[0].level", equalTo("error"));
    }
}
