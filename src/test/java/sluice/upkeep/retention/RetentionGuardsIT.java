package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static sluice.upkeep.retention.Sweeping.KEPT_FOUR_DAYS;
import static sluice.upkeep.retention.Sweeping.awaitUnloaded;
import static sluice.upkeep.retention.Sweeping.coordinator;
import static sluice.upkeep.retention.Sweeping.define;
import static sluice.upkeep.retention.Sweeping.defineWithRulesSetAside;
import static sluice.upkeep.retention.Sweeping.order;
import static sluice.upkeep.retention.Sweeping.plan;
import static sluice.upkeep.retention.Sweeping.rules;

import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.platform.metric.Metric;
import sluice.platform.metric.SandboxMetrics;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** What sweeps leave alone, and who has to say so before they do not, on a real Druid. */
@ExtendWith(SandboxExtension.class)
@Isolated("starts Druid with other properties")
class RetentionGuardsIT {

    @Test
    void killNeverTouchesALiveChunk(Sandbox sandbox) {
        // Given: a day whose first version is hidden by a second, and a coordinator that leaves it to sweeps
        coordinator(sandbox, "{\"millisToWaitBeforeDeleting\":86400000}");
        StoredDays days = new StoredDays(sandbox, "ret_live").load(1);
        define(sandbox, "ret_live", "{purgeAfter: PT1S}");
        String second = days.load(StoredDays.ago(1));
        Api.await().untilAsserted(() -> assertThat(days.pages()).containsExactly(second));
        List<String> live = days.used();
        assertThat(live).hasSize(2);
        live.sort(String::compareTo);
        // Historicals serve the second before brokers of Druid 37 have polled what the metadata store says about both.
        days.awaitSegments(1, "\"is_published\" = 1 AND \"is_overshadowed\" = 1");
        days.awaitSegments(1, StoredDays.SERVED);

        // When: the hidden one is marked, and then purged
        order(sandbox, "ret_live", "").statusCode(201).body("found.category", hasItem("OVERSHADOWED"));
        awaitUnloaded(sandbox, "ret_live");
        order(sandbox, "ret_live", ", \"mostShare\": 1").body("kills", hasSize(1));

        // Then
        Api.await().untilAsserted(() -> assertThat(days.unused()).isEmpty());
        assertThat(days.used()).containsExactly(live.get(1));
        Api.await().untilAsserted(() -> assertThat(days.files()).hasSize(1));
        assertThat(days.pages()).containsExactly(second);
        days.awaitRows(1);
    }

    @Test
    void rulesThatWouldDropTooMuchAreNotPosted(Sandbox sandbox) {
        // Given: a keep that is far too short
        StoredDays days = new StoredDays(sandbox, "ret_rules_guard").load(5, 4, 3, 0);
        Api api = new Api(sandbox);
        String definition = new DefinitionText("ret_rules_guard")
                .part("retention", "{keep: P1D}")
                .toString();

        // When
        api.yaml(definition).put("/v1/definitions/ret_rules_guard").then().statusCode(201);

        // Then
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/definitions/ret_rules_guard/alignment")
                .then()
                .statusCode(200)
                .body("clusters[0].problems", hasItem(containsString("would drop 75 %"))));
        assertThat(rules(sandbox, "ret_rules_guard")).isEqualTo("[]");
        days.awaitRows(4);
        api.yaml(definition)
                .post("/v1/plan")
                .then()
                .body("plans[0].clusters[0].settings.note", hasItem(containsString("will not be posted")));
    }

    @Test
    void aMassDeleteIsStoppedUntilSomebodyAllowsIt(Sandbox sandbox) {
        // Given: a keep that is far too short
        StoredDays days = new StoredDays(sandbox, "ret_guard").load(5, 4, 3, 0);
        define(sandbox, "ret_guard", "{keep: P1D}");

        // When
        ValidatableResponse stopped = order(sandbox, "ret_guard", "");

        // Then
        stopped.body("marked.segments", equalTo(0))
                .body("refusals.code", equalTo(List.of("MOST_SHARE")))
                .body("refusals[0].amount.segments", equalTo(3))
                .body("author", notNullValue())
                .body("reason", equalTo("test"));
        days.awaitRows(4);
        assertThat(days.unused()).isEmpty();
        new SandboxMetrics(sandbox).awaitOver(Metric.SWEEPS_REFUSED, 0, "ret_guard");

        // When: three of four, and of the bytes a few more or less, for dates are not stored in equally many
        order(sandbox, "ret_guard", ", \"mostShare\": 0.8").body("marked.segments", equalTo(3));

        // Then
        days.awaitRows(1);
    }

    @Test
    void besideDruidsOwnKillNothingIsPurged(Sandbox sandbox) {
        // Given
        StoredDays days = new StoredDays(sandbox, "ret_autokill").load(6, 1, 0);
        define(sandbox, "ret_autokill", KEPT_FOUR_DAYS);
        order(sandbox, "ret_autokill", "").body("marked.segments", equalTo(1));
        awaitUnloaded(sandbox, "ret_autokill");
        // Its own buffer of thirty days keeps Druid's kill from doing it.
        sandbox.druid().restart(Map.of("druid.coordinator.kill.on", "true"));
        try {
            days.awaitSegments(2, StoredDays.SERVED);

            // When
            ValidatableResponse refused = order(sandbox, "ret_autokill", "");

            // Then
            refused.body("kills", empty())
                    .body("refusals.code", equalTo(List.of("AUTO_KILL")))
                    .body("refusals[0].message", containsString("druid.coordinator.kill.on"));
            assertThat(days.unused()).hasSize(1);
        } finally {
            sandbox.druid().restart();
        }
        days.awaitSegments(2, StoredDays.SERVED);
        order(sandbox, "ret_autokill", "").body("kills", hasSize(1)).body("refusals", empty());
        Api.await().untilAsserted(() -> assertThat(days.unused()).isEmpty());
    }

    @Test
    void aChunkThatATaskOrARunWritesIsLeft(Sandbox sandbox) {
        // Given: 2026-01-01 is long past its time, and a task has locked it
        StoredDays days = new StoredDays(sandbox, "ret_busy").load(1, 0);
        days.load("2026-01-01");
        days.awaitRows(3);
        days.awaitSegments(3, "\"is_active\" = 1");
        defineWithRulesSetAside(sandbox, "ret_busy");
        Ingestion ingestion = new Ingestion(sandbox, "ret_busy");
        try (LockedDay locked = new LockedDay(sandbox, "ret_busy")) {
            assertThat(locked).isNotNull();

            // When
            ValidatableResponse byTask = order(sandbox, "ret_busy", "");
            ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
            ingestion.await("sluice.run.submitted", 1);
            ValidatableResponse byRun = order(sandbox, "ret_busy", "");

            // Then
            byTask.body("refusals.code", equalTo(List.of("LOCKED"))).body("marked.segments", equalTo(0));
            byRun.body("refusals.code", equalTo(List.of("LEASED"))).body("marked.segments", equalTo(0));
        }
        ingestion.awaitAvailable();
        awaitUnloaded(sandbox, "ret_busy");
        // Brokers that have not polled since then still count the version that the run has replaced.
        days.awaitSegments(1, "\"is_active\" = 1 AND \"num_rows\" = 10");
        order(sandbox, "ret_busy", ", \"mostShare\": 1")
                .body("refusals", empty())
                .body("marked.chunks", equalTo(1));
    }

    /** apache/druid #18418, #11318. */
    @Test
    void unusedAndNotYetUnloadedIsItsOwnState(Sandbox sandbox) throws InterruptedException {
        // Given: the coordinator does not tell data servers to let go
        StoredDays days = new StoredDays(sandbox, "ret_served").load(6, 1, 0);
        define(sandbox, "ret_served", KEPT_FOUR_DAYS);
        coordinator(sandbox, "{\"pauseCoordination\":true}");
        try {
            order(sandbox, "ret_served", "").body("marked.segments", equalTo(1));
            days.awaitSegments(1, "\"is_published\" = 0 AND \"is_available\" = 1");
            Thread.sleep(1_500);

            // When
            ValidatableResponse plan = plan(sandbox, "ret_served");

            // Then
            plan.body("reports[0].found.category", equalTo(List.of("UNUSED", "UNUSED_STILL_SERVED", "PURGEABLE")))
                    .body("reports[0].refusals.code", equalTo(List.of("STILL_SERVED")))
                    .body("reports[0].kills", empty());
            days.awaitRows(3);
        } finally {
            coordinator(sandbox, "{\"pauseCoordination\":false}");
        }
        days.awaitRows(2);
    }

    @Test
    void whatCannotBeMeantIsRefused(Sandbox sandbox) {
        Api api = new Api(sandbox);
        new StoredDays(sandbox, "ret_strict").load(0);
        define(sandbox, "ret_strict", "{keep: P1Y}");

        order(sandbox, "ret_strict", ", \"orphan\": true").statusCode(422).body("detail", containsString("definition"));
        order(sandbox, "ret_strict", ", \"mostShare\": 2").statusCode(400).body("detail", containsString("mostShare"));
        order(sandbox, "ret_nobody", "").statusCode(404).body("detail", containsString("ret_nobody"));
        api.json("{\"datasource\": \"ret_strict\", \"cluster\": \"main\"}")
                .post("/v1/retention/sweeps")
                .then()
                .statusCode(400)
                .body("detail", containsString("reason"));
        api.json("{\"datasource\": \"ret_strict\", \"reason\": \"x\"}")
                .post("/v1/retention/sweeps")
                .then()
                .statusCode(400)
                .body("detail", containsString("cluster"));
        api.json("{\"cluster\": \"nowhere\"}")
                .post("/v1/retention/plan")
                .then()
                .statusCode(404)
                .body("detail", containsString("nowhere"));
        api.json("{\"datasource\": \"ret_nobody\", \"cluster\": \"main\"}")
                .post("/v1/retention/plan")
                .then()
                .statusCode(404);
        api.call().get("/v1/retention/reports?cluster=main&next=x").then().statusCode(400);
        api.call().get("/v1/retention/reports").then().statusCode(400);
    }
}
