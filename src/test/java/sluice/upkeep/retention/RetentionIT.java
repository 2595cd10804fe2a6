package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static sluice.upkeep.retention.Sweeping.KEPT_FOUR_DAYS;
import static sluice.upkeep.retention.Sweeping.awaitUnloaded;
import static sluice.upkeep.retention.Sweeping.coordinator;
import static sluice.upkeep.retention.Sweeping.define;
import static sluice.upkeep.retention.Sweeping.defineWithRulesSetAside;
import static sluice.upkeep.retention.Sweeping.order;
import static sluice.upkeep.retention.Sweeping.plan;
import static sluice.upkeep.retention.Sweeping.reports;
import static sluice.upkeep.retention.Sweeping.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.platform.metric.Metric;
import sluice.platform.metric.SandboxMetrics;
import sluice.sandbox.AlsoOnDruid37;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.component.Project;
import sluice.sandbox.druid.Fault;
import sluice.sandbox.lambda.EventBus;
import sluice.sandbox.lambda.Outcome;

/** Days of data that grow old: what sweeps find, mark and purge, on a real Druid. */
@ExtendWith(SandboxExtension.class)
@Isolated("pauses the coordinator")
class RetentionIT {

    @Test
    @AlsoOnDruid37
    void expiredDataLeavesQueriesAndThenDeepStorage(Sandbox sandbox) throws Exception {
        // Given: seven days, three of them past their time
        StoredDays days = new StoredDays(sandbox, "ret_expired").load(7, 6, 5, 3, 2, 1, 0);
        defineWithRulesSetAside(sandbox, "ret_expired");

        // When
        DailySweep.of(sandbox, "ret_expired");

        // Then: the first sweep only looks
        ValidatableResponse first = reports(sandbox, "ret_expired");
        first.body("reports", hasSize(1))
                .body("reports[0].mode", equalTo("DRY_RUN"))
                .body("reports[0].why", containsString("first sweep"))
                .body("reports[0].used.chunks", equalTo(7))
                .body("reports[0].used.rows", equalTo(7 * StoredDays.ROWS_A_DAY))
                .body("reports[0].found.category", equalTo(List.of("EXPIRED")))
                .body("reports[0].found[0].amount.rows", equalTo(3 * StoredDays.ROWS_A_DAY))
                .body("reports[0].found[0].intervals", hasSize(1))
                .body("reports[0].rules.drops.segments", equalTo(0))
                .body("reports[0].wanted.rules.type", equalTo(List.of("loadByPeriod", "dropForever")))
                .body("reports[0].wanted.drops.segments", equalTo(3))
                .body("reports[0].advice.code", hasItem("SLU-0920"))
                .body("reports[0].advice.severity.unique()", equalTo(List.of("INFO")))
                .body("reports[0].marked.segments", equalTo(3));
        days.awaitRows(7);
        assertThat(days.unused()).isEmpty();

        // When
        DailySweep.of(sandbox, "ret_expired");

        // Then: the second marks, and files stay
        reports(sandbox, "ret_expired")
                .body("reports[0].mode", equalTo("ACT"))
                .body("reports[0].phase", equalTo("DONE"))
                .body("reports[0].marked.segments", equalTo(3))
                .body("reports[0].kills", empty());
        days.awaitRows(4);
        assertThat(days.unused()).hasSize(3);
        assertThat(days.files()).hasSize(7);

        // When: purgeAfter is over
        awaitUnloaded(sandbox, "ret_expired");
        DailySweep.of(sandbox, "ret_expired");

        // Then: one kill run takes the three, which are neighbours
        String run = reports(sandbox, "ret_expired")
                .body("reports[0].kills", hasSize(1))
                .body("reports[0].kills[0].segments", equalTo(3))
                .extract()
                .path("reports[0].kills[0].runId");
        Api api = new Api(sandbox);
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/runs/{id}", run)
                .then()
                .body("state", equalTo("Available"))
                .body("kind", equalTo("kill"))
                .body("stateDetails.counts.segments", equalTo(3)));
        assertThat(days.unused()).isEmpty();
        assertThat(days.used()).hasSize(4);
        assertThat(days.files()).hasSize(4);
        days.awaitRows(4);
        everySweptEventKeepsItsSchema(sandbox);
        new SandboxMetrics(sandbox).awaitOver(Metric.LAST_SWEEP_AGE, 0);
    }

    @Test
    void whatTheRulesWouldDropIsToldBeforeTheyDo(Sandbox sandbox) {
        // Given: rules that drop, and a coordinator that does not get to it
        StoredDays days = new StoredDays(sandbox, "ret_rules").load(5, 4, 1, 0);
        coordinator(sandbox, "{\"pauseCoordination\":true}");
        try {
            rules(sandbox, "ret_rules", "[{\"type\":\"loadByPeriod\",\"period\":\"P2D\"},{\"type\":\"dropForever\"}]");

            // When
            ValidatableResponse plan = plan(sandbox, "ret_rules");

            // Then
            plan.body("reports[0].rules.drops.chunks", equalTo(2))
                    .body("reports[0].rules.drops.rows", equalTo(2 * StoredDays.ROWS_A_DAY))
                    .body("reports[0].rules.dropped", hasSize(1))
                    .body("reports[0].rules.dropped[0]", containsString(StoredDays.ago(5)))
                    .body("reports[0].id", nullValue())
                    .body("reports[0].advice", empty());
        } finally {
            coordinator(sandbox, "{\"pauseCoordination\":false}");
        }

        // Then: Druid drops the same
        days.awaitRows(2);
        reports(sandbox, "ret_rules").body("reports", empty());
    }

    @Test
    @AlsoOnDruid37
    void anOrphanIsFoundAndGoesWhenSomebodySaysSo(Sandbox sandbox) throws InterruptedException {
        // Given
        StoredDays days = new StoredDays(sandbox, "ret_orphan").load(1, 0);

        // When
        DailySweep.of(sandbox, "ret_orphan");
        order(sandbox, "ret_orphan", "").statusCode(201);

        // Then: schedules and careless orders only tell of it
        reports(sandbox, "ret_orphan")
                .body("reports", hasSize(2))
                .body("reports.refusals.flatten().code", equalTo(List.of("ORPHAN", "ORPHAN")))
                .body("reports[0].found[0].category", equalTo("ORPHANED"));
        days.awaitRows(2);

        // When
        order(sandbox, "ret_orphan", ", \"orphan\": true").body("marked.segments", equalTo(2));
        Api.await().untilAsserted(() -> assertThat(days.used()).isEmpty());
        awaitUnloaded(sandbox, "ret_orphan");
        order(sandbox, "ret_orphan", ", \"orphan\": true").body("kills", hasSize(1));

        // Then
        Api.await().untilAsserted(() -> assertThat(days.files()).isEmpty());
        Api.await().untilAsserted(() -> assertThat(sandbox.druid()
                        .get("/druid/coordinator/v1/metadata/datasources?includeUnused")
                        .body())
                .doesNotContain("ret_orphan"));
    }

    @Test
    void theSecondClusterWaitsUntilTheFirstHasProvenItsPart(Sandbox sandbox) throws InterruptedException {
        // Given: the same Druid under two names, with a day to purge
        StoredDays days = new StoredDays(sandbox, "ret_turns").load(6, 2, 1, 0);
        new Ingestion(sandbox, "ret_turns")
                .define(new DefinitionText("ret_turns").cluster("main, onprem").part("retention", KEPT_FOUR_DAYS));
        order(sandbox, "ret_turns", "").body("marked.segments", equalTo(1));
        awaitUnloaded(sandbox, "ret_turns");
        sandbox.lambda().queue("sluice-submit").pause();
        DailySweep.of(sandbox, "ret_turns");

        // When: the first cluster's kill run does not go on
        DailySweep.of(sandbox, "ret_turns");

        // Then
        reports(sandbox, "ret_turns").body("reports[0].mode", equalTo("ACT"));
        assertThat(days.unused()).hasSize(1);
        reports(sandbox, "onprem", "ret_turns")
                .body("reports[0].mode", equalTo("DRY_RUN"))
                .body("reports[0].why", containsString("cluster main comes first"));

        // When
        sandbox.lambda().queue("sluice-submit").resume();
        Api.await().untilAsserted(() -> assertThat(days.unused()).isEmpty());
        new Ingestion(sandbox, "ret_turns").awaitAvailable();
        DailySweep.of(sandbox, "ret_turns");

        // Then
        reports(sandbox, "onprem", "ret_turns").body("reports[0].mode", equalTo("ACT"));
    }

    @Test
    @AlsoOnDruid37
    void aCrashInTheMiddleOfASweepIsFinishedByTheNext(Sandbox sandbox) throws InterruptedException {
        // Given: one day to mark, and one to purge
        StoredDays days = new StoredDays(sandbox, "ret_crash").load(7, 6, 3, 2, 1, 0);
        String oldest = days.used().stream().sorted().findFirst().orElseThrow();
        sandbox.druid()
                .post("/druid/indexer/v1/datasources/ret_crash/markUnused", "{\"segmentIds\":[\"" + oldest + "\"]}");
        awaitUnloaded(sandbox, "ret_crash");
        defineWithRulesSetAside(sandbox, "ret_crash");
        DailySweep.of(sandbox, "ret_crash");
        sandbox.druidProxy()
                .inject(Fault.beforeTheAnswer(
                        "POST", "/druid/indexer/v1/datasources/ret_crash/markUnused", 1, () -> sandbox.lambda()
                                .kill("retain")));

        // When
        Outcome outcome = sandbox.lambda().fire("retain");

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Failure.class);
        String crashed = reports(sandbox, "ret_crash")
                .body("reports[0].phase", equalTo("ACTING"))
                .body("reports[0].kills", hasSize(1))
                .extract()
                .path("reports[0].id");
        assertThat(new Ingestion(sandbox, "ret_crash").runs()).isEmpty();

        // When
        DailySweep.of(sandbox, "ret_crash");

        // Then
        reports(sandbox, "ret_crash")
                .body("reports[0].phase", equalTo("DONE"))
                .body("reports[0].mode", equalTo("ACT"))
                .body("reports[0].finishes", equalTo(crashed))
                .body("reports[1].phase", equalTo("INTERRUPTED"));
        Api.await().untilAsserted(() -> assertThat(days.unused()).doesNotContain(oldest));
        days.awaitRows(4);
        assertThat(days.used()).hasSize(4);
    }

    @Test
    @AlsoOnDruid37
    void sweepsAtTheSameTimeDoNoHarm(Sandbox sandbox) throws InterruptedException, ExecutionException {
        // Given
        StoredDays days = new StoredDays(sandbox, "ret_twice").load(6, 5, 2, 1, 0);
        define(sandbox, "ret_twice", "{keep: P4D}");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            // When
            Callable<Integer> sweep =
                    () -> order(sandbox, "ret_twice", "").extract().statusCode();
            List<Future<Integer>> answers = threads.invokeAll(List.of(sweep, sweep, sweep, sweep));

            // Then
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(201, 409);
            }
        } finally {
            threads.shutdown();
        }
        days.awaitRows(3);
        assertThat(days.unused()).hasSize(2);
        reports(sandbox, "ret_twice").body("reports.phase.unique()", equalTo(List.of("DONE")));
    }

    @Test
    void anEventThatTheBusDidNotTakeIsSentLater(Sandbox sandbox) {
        // Given
        new StoredDays(sandbox, "ret_event").load(0);
        sandbox.bus().mode(EventBus.Mode.THROTTLING);
        order(sandbox, "ret_event", "").statusCode(201);
        Ingestion ingestion = new Ingestion(sandbox, "ret_event");
        assertThat(ingestion.events("sluice.retention.swept")).isEmpty();

        // When
        sandbox.bus().mode(EventBus.Mode.WORKING);

        // Then
        ingestion.await("sluice.retention.swept", 1);
    }

    @Test
    void reportsComeInPagesNewestFirst(Sandbox sandbox) {
        // Given
        new StoredDays(sandbox, "ret_pages").load(0);
        for (int sweep = 0; sweep < 3; sweep++) {
            order(sandbox, "ret_pages", "").statusCode(201);
        }
        Api api = new Api(sandbox);

        // When
        String next = api.call()
                .get("/v1/retention/reports?cluster=main&datasource=ret_pages&limit=2")
                .then()
                .body("reports", hasSize(2))
                .extract()
                .path("next");
        List<String> all = api.call()
                .get("/v1/retention/reports?cluster=main&datasource=ret_pages")
                .then()
                .body("next", nullValue())
                .extract()
                .path("reports.id");

        // Then
        assertThat(all).hasSize(3).isSortedAccordingTo((left, right) -> right.compareTo(left));
        api.call()
                .get("/v1/retention/reports?cluster=main&datasource=ret_pages&limit=2&next=" + next)
                .then()
                .body("reports.id", equalTo(List.of(all.get(2))))
                .body("next", nullValue());
        api.call()
                .get("/v1/retention/reports?cluster=main&limit=1")
                .then()
                .body("reports[0].id", notNullValue())
                .body("next", notNullValue());
    }

    private static void everySweptEventKeepsItsSchema(Sandbox sandbox) throws IOException {
        String schema =
                Files.readString(Project.folder("infra", "events", "schemas").resolve("sluice.retention.swept.json"));
        var checker = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        assertThat(sandbox.bus().events("sluice.retention.swept")).isNotEmpty().allSatisfy(event -> {
            JsonNode cloudEvent = event.detail();
            assertThat(checker.validate(cloudEvent.path("data"))).isEmpty();
            assertThat(cloudEvent.path("dataschema").asText()).isEqualTo("urn:sluice:event:sluice.retention.swept:1");
            assertThat(cloudEvent.path("subject").asText())
                    .isEqualTo(cloudEvent.at("/data/cluster").asText() + "/"
                            + cloudEvent.at("/data/datasource").asText());
        });
    }
}
