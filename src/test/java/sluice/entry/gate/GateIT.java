package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.ingest.DefinitionText;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** The API as a whole: what holds for every call, lint, and the clusters. */
@ExtendWith(SandboxExtension.class)
@Isolated("closes the way to Druid")
class GateIT {

    @Test
    void aGoodDefinitionHasNoErrors(Sandbox sandbox) {
        new Api(sandbox)
                .yaml(new DefinitionText("gate_lint").toString())
                .post("/v1/lint")
                .then()
                .statusCode(200)
                .header("x-request-id", notNullValue())
                .body("kind", equalTo("definition"))
                .body("errors", equalTo(0));
    }

    @Test
    void aMistakeInADefinitionHasItsPlaceAndTheNearestKey(Sandbox sandbox) {
        String text = new DefinitionText("gate_lint").toString().replace("clusters:", "cluster:");

        new Api(sandbox)
                .yaml(text)
                .post("/v1/lint")
                .then()
                .statusCode(200)
                .body("errors", greaterThan(0))
                .body("findings.pointer", hasItem("/cluster"))
                .body("findings.suggestion", hasItem("clusters"))
                .body("findings.line", hasItem(3));
    }

    @Test
    void whatDruidWouldIgnoreInADefinitionIsNamedWhereTheAuthorWroteIt(Sandbox sandbox) {
        new Api(sandbox)
                .yaml(new DefinitionText("gate_lint")
                        .batch("tuningConfig", "{maxRowsInMemroy: 5}")
                        .toString())
                .post("/v1/lint")
                .then()
                .statusCode(200)
                .body("findings.pointer", hasItem("/batch/tuningConfig/maxRowsInMemroy"));
    }

    @Test
    void aDruidSpecIsHeldAgainstTheContract(Sandbox sandbox) {
        new Api(sandbox)
                .json("{\"type\": \"index_parallel\", \"spce\": {}}")
                .post("/v1/lint")
                .then()
                .statusCode(200)
                .body("kind", equalTo("spec"))
                .body("findings.pointer", hasItem("/spce"))
                .body("findings.suggestion", hasItem(containsString("spec")));
    }

    @Test
    void clustersTellVersionAndCapacity(Sandbox sandbox) {
        new Api(sandbox)
                .call()
                .get("/v1/clusters")
                .then()
                .statusCode(200)
                .body("clusters.name", hasItems("main", "onprem"))
                .body("clusters[0].version", startsWith("33."))
                .body("clusters[0].workerCapacity", greaterThan(0))
                .body("clusters[0].reachable", equalTo(true));
    }

    @Test
    void aClusterThatIsDownIsAnAnswer(Sandbox sandbox) {
        sandbox.druidProxy().refuse();
        try {
            new Api(sandbox)
                    .call()
                    .get("/v1/clusters")
                    .then()
                    .statusCode(200)
                    .body("clusters[0].reachable", equalTo(false))
                    .body("clusters[0].error", containsString("cluster main"));
        } finally {
            sandbox.druidProxy().accept();
        }
    }

    @Test
    void problemsAreToldAsProblems(Sandbox sandbox) {
        Api api = new Api(sandbox);

        api.call()
                .get("/v1/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("/v1/nothing"))
                .body("findings", empty());
        api.call().delete("/v1/runs").then().statusCode(405).header("allow", "GET, POST");
        api.call().get("/v1/runs/{id}", "a".repeat(26)).then().statusCode(404);
        api.yaml("x".repeat(Gate.LARGEST_BODY + 1)).post("/v1/lint").then().statusCode(413);
        api.call().post("/v1/lint").then().statusCode(400);
        api.call()
                .queryParam("bucket", "b")
                .queryParam("key", "k")
                .get("/v1/objects")
                .then()
                .statusCode(404);
    }

    @Test
    void aLongAnswerIsCompressedWhereTheCallerTakesIt(Sandbox sandbox) {
        String manyMistakes = "{\"type\": \"index_parallel\", " + "\"a\": 1, ".repeat(30) + "\"b\": 1}";

        String encoding = new Api(sandbox)
                .json(manyMistakes)
                .header("Accept-Encoding", "gzip")
                .post("/v1/lint")
                .then()
                .statusCode(200)
                .body("findings", not(empty()))
                .extract()
                .header("content-encoding");

        assertThat(encoding).isEqualTo("gzip");
    }
}
