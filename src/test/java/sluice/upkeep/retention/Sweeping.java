package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.sandbox.Sandbox;

/** Sweeps and their reports, as a user of the gate has them. */
final class Sweeping {

    static final String KEPT_FOUR_DAYS = "{keep: P4D, purgeAfter: PT1S}";

    private Sweeping() {}

    static void define(Sandbox sandbox, String datasource, String retention) {
        new Ingestion(sandbox, datasource).define(new DefinitionText(datasource).part("retention", retention));
    }

    /** Somebody keeps the rules as they were: what a sweep marks is seen where the coordinator does not drop it first. */
    static void defineWithRulesSetAside(Sandbox sandbox, String datasource) {
        coordinator(sandbox, "{\"pauseCoordination\":true}");
        try {
            define(sandbox, datasource, KEPT_FOUR_DAYS);
            Api.await()
                    .untilAsserted(() -> assertThat(rules(sandbox, datasource)).contains("dropForever"));
            sandbox.druid()
                    .post(
                            "/druid/coordinator/v1/rules/" + datasource,
                            "[{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":1}}]");
        } finally {
            coordinator(sandbox, "{\"pauseCoordination\":false}");
        }
    }

    static String rules(Sandbox sandbox, String datasource) {
        return sandbox.druid().get("/druid/coordinator/v1/rules/" + datasource).body();
    }

    static ValidatableResponse reports(Sandbox sandbox, String datasource) {
        return reports(sandbox, "main", datasource);
    }

    static ValidatableResponse reports(Sandbox sandbox, String cluster, String datasource) {
        return new Api(sandbox)
                .call()
                .get("/v1/retention/reports?cluster={cluster}&datasource={datasource}", cluster, datasource)
                .then()
                .statusCode(200);
    }

    static ValidatableResponse plan(Sandbox sandbox, String datasource) {
        return new Api(sandbox)
                .json("{\"cluster\": \"main\", \"datasource\": \"" + datasource + "\"}")
                .post("/v1/retention/plan")
                .then()
                .statusCode(200);
    }

    static ValidatableResponse order(Sandbox sandbox, String datasource, String more) {
        return new Api(sandbox)
                .json("{\"cluster\": \"main\", \"datasource\": \"%s\", \"reason\": \"test\"%s}"
                        .formatted(datasource, more))
                .post("/v1/retention/sweeps")
                .then();
    }

    static void coordinator(Sandbox sandbox, String config) {
        assertThat(sandbox.druid().post("/druid/coordinator/v1/config", config).statusCode())
                .isEqualTo(200);
    }

    static void rules(Sandbox sandbox, String datasource, String rules) {
        assertThat(sandbox.druid()
                        .post("/druid/coordinator/v1/rules/" + datasource, rules)
                        .statusCode())
                .isEqualTo(200);
    }

    /**
     * Waits until no server has an unused segment, brokers know which are used, and the purgeAfter of a second is over. Brokers
     * of Druid 37 are behind the metadata store by up to their poll period.
     */
    static void awaitUnloaded(Sandbox sandbox, String datasource) {
        Instant since = Instant.now();
        StoredDays days = new StoredDays(sandbox, datasource);
        Api.await().untilAsserted(() -> {
            assertThat(days.known()).containsExactlyInAnyOrderElementsOf(days.used());
            assertThat(Instant.now()).isAfter(since.plusSeconds(2));
        });
    }
}
