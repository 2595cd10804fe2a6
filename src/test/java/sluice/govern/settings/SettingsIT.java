package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.entry.gate.Api;
import sluice.platform.metric.Metric;
import sluice.platform.metric.SandboxMetrics;
import sluice.sandbox.AlsoOnDruid37;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.druid.DruidVersion;
import sluice.sandbox.druid.Fault;

/** Load and drop rules and automatic compaction are brought in line on a real Druid, and are looked after. */
@ExtendWith(SandboxExtension.class)
@AlsoOnDruid37
@Isolated("injects faults")
class SettingsIT {

    private static final String RULES = "/druid/coordinator/v1/rules/";
    private static final String COMPACTION = "/druid/indexer/v1/compaction/config/datasources/";

    @Test
    void rulesAndCompactionAreInLineAndTheSameAgainPostsNothing(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        String text = text("settings_line", "P365D");

        // When
        api.yaml(text)
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("plans[0].clusters[0].settings.operation", contains("create", "create"))
                .body(
                        "plans[0].clusters[0].settings[1].note",
                        containsString("the " + compacting(sandbox) + " compacts"));
        api.yaml(text)
                .put("/v1/definitions/settings_line")
                .then()
                .statusCode(201)
                .body("alignment.phase", equalTo("ALIGNED"));

        // Then
        assertThat(sandbox.druid().get(RULES + "settings_line").body())
                .contains("\"period\":\"P30D\"", "\"hot\":1", "\"period\":\"P365D\"", "dropForever");
        assertThat(sandbox.druid().get(COMPACTION + "settings_line").body())
                .contains("\"segmentGranularity\":\"DAY\"", "sluice.specHash");

        // When
        sandbox.druidProxy().reset();
        api.yaml(text)
                .put("/v1/definitions/settings_line")
                .then()
                .statusCode(200)
                .body("alignment.phase", equalTo("ALIGNED"));

        // Then
        assertThat(sandbox.druidProxy().count("GET", RULES)).isPositive();
        assertThat(sandbox.druidProxy().count("POST", RULES)).isZero();
        assertThat(sandbox.druidProxy().count("POST", COMPACTION)).isZero();
    }

    @Test
    void aChangeIsShownAndDoneAndWhatIsNotWantedAnyMoreGoes(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        api.yaml(text("settings_change", "P365D"))
                .put("/v1/definitions/settings_change")
                .then()
                .statusCode(201);
        String shorter = text("settings_change", "P90D");
        String without = new StreamText("settings_change").toString();

        // When
        api.yaml(shorter)
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("plans[0].clusters[0].settings.operation", contains("update", "none"));
        api.yaml(shorter).put("/v1/definitions/settings_change").then().statusCode(200);

        // Then
        assertThat(sandbox.druid().get(RULES + "settings_change").body())
                .contains("P90D")
                .doesNotContain("P365D");

        // When
        api.yaml(without)
                .put("/v1/definitions/settings_change")
                .then()
                .statusCode(200)
                .body("alignment.clusters[0].changes.operation", contains("remove", "remove"));

        // Then
        assertThat(sandbox.druid().get(RULES + "settings_change").body()).isEqualTo("[]");
        assertThat(sandbox.druid().get(COMPACTION + "settings_change").statusCode())
                .isEqualTo(404);

        // When
        api.json("{\"to\": 1, \"reason\": \"a year it was\"}")
                .header("idempotency-key", "rollback of SettingsIT")
                .post("/v1/definitions/settings_change/rollback")
                .then()
                .statusCode(202);

        // Then
        Api.await().untilAsserted(() -> assertThat(
                        sandbox.druid().get(RULES + "settings_change").body())
                .contains("P365D"));
        assertThat(sandbox.druid().get(COMPACTION + "settings_change").statusCode())
                .isEqualTo(200);
    }

    @Test
    void rulesThatSomebodyChangesByHandAreToldOfAndSetRightByAnApply(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        String text = text("settings_drift", "P365D");
        api.yaml(text).put("/v1/definitions/settings_drift").then().statusCode(201);

        // When
        HttpResponse<String> byHand = sandbox.druid().post(RULES + "settings_drift", "[{\"type\": \"loadForever\"}]");

        // Then
        assertThat(byHand.statusCode()).isEqualTo(200);
        awaitPhase(api, "settings_drift", "DRIFTED");
        new SandboxMetrics(sandbox).awaitOver(Metric.DEFINITIONS_DRIFTED, 0, "settings_drift");
        assertThat(drifts(sandbox, "settings_drift")).singleElement().satisfies(data -> {
            assertThat(data.path("cluster").asText()).isEqualTo("main");
            assertThat(data.at("/changes/0/operation").asText()).isEqualTo("update");
            assertThat(data.at("/changes/0/changes").toString()).contains("dropForever");
        });
        assertThat(sandbox.druid().get(RULES + "settings_drift").body())
                .as("nothing is corrected before an apply")
                .contains("loadForever");

        // When
        api.yaml(text).post("/v1/plan").then().statusCode(200).body("changes", equalTo("present"));
        api.yaml(text)
                .put("/v1/definitions/settings_drift")
                .then()
                .statusCode(200)
                .body("changed", equalTo(false));

        // Then
        awaitPhase(api, "settings_drift", "ALIGNED");
        assertThat(sandbox.druid().get(RULES + "settings_drift").body()).contains("dropForever");
    }

    @Test
    void whatDruidCouldNotBeToldAtOnceIsDoneByALaterTick(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        sandbox.druidProxy().inject(Fault.droppingTheRequest("POST", RULES + "settings_later", 1_000));

        // When
        api.yaml(text("settings_later", "P365D"))
                .put("/v1/definitions/settings_later")
                .then()
                .statusCode(201)
                .body("alignment.phase", equalTo("ALIGNING"));
        sandbox.druidProxy().reset();

        // Then
        awaitPhase(api, "settings_later", "ALIGNED");
        assertThat(sandbox.druid().get(RULES + "settings_later").body()).contains("dropForever");
    }

    @Test
    void aDefinitionInAFileIsBroughtInLineToo(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);

        // When
        sandbox.s3().putDefinition("settings_file.yaml", text("settings_file", "P365D"));

        // Then
        awaitPhase(api, "settings_file", "ALIGNED");
        assertThat(sandbox.druid().get(RULES + "settings_file").body()).contains("P365D");

        // When
        sandbox.s3().putDefinition("settings_file.yaml", text("settings_file", "P90D"));

        // Then
        Api.await().untilAsserted(() -> assertThat(
                        sandbox.druid().get(RULES + "settings_file").body())
                .contains("P90D"));
    }

    @Test
    void aDefinitionInAFileIsNoticedAsItArrives(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        sandbox.lambda().pauseSchedules();
        try {

            // When
            sandbox.s3().putDefinition("settings_arrived.yaml", text("settings_arrived", "P365D"));

            // Then
            awaitPhase(api, "settings_arrived", "ALIGNING");
        } finally {
            sandbox.lambda().resumeSchedules();
        }
        awaitPhase(api, "settings_arrived", "ALIGNED");
    }

    private static String compacting(Sandbox sandbox) {
        return sandbox.druid().version() == DruidVersion.V33 ? "coordinator" : "overlord";
    }

    private static String text(String datasource, String keep) {
        return new StreamText(datasource)
                .and("retention: {keep: " + keep + ", hot: P30D, tiers: {hot: 1, _default_tier: 1}}\n"
                        + "compaction: {engine: native, skipOffsetFromLatest: P1D}")
                .toString();
    }

    private static void awaitPhase(Api api, String datasource, String phase) {
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/definitions/" + datasource + "/alignment")
                .then()
                .body("phase", equalTo(phase)));
    }

    private static List<JsonNode> drifts(Sandbox sandbox, String datasource) {
        return sandbox.bus().events("sluice.definition.drifted").stream()
                .map(event -> event.detail().path("data"))
                .filter(data -> data.path("datasource").asText().equals(datasource))
                .toList();
    }
}
