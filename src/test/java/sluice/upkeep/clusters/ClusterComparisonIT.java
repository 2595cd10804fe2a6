package sluice.upkeep.clusters;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** The sandbox's clusters {@code main} and {@code onprem} are one Druid: they cannot differ, and {@code nowhere} can. */
@ExtendWith(SandboxExtension.class)
class ClusterComparisonIT {

    @Test
    void clustersAreComparedAndOneThatIsNotThereIsNamed(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "compare").define(new DefinitionText("compare"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();

        // When, Then
        ingestion.define(new DefinitionText("compare").cluster("main, onprem"));
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/datasources/compare/clusters")
                .then()
                .statusCode(200)
                .body("clusters", hasSize(2))
                .body("same", equalTo(true))
                .body("clusters[1].held.rows", equalTo(10))
                .body("chunks", empty())
                .body("columns", empty()));
        ingestion.define(new DefinitionText("compare").cluster("main, nowhere"));
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/datasources/compare/clusters")
                .then()
                .statusCode(200)
                .body("same", equalTo(false))
                .body("clusters[1].problem", equalTo("the environment has no such cluster")));
        api.call().get("/v1/datasources/nothing/clusters").then().statusCode(404);
    }
}
