package sluice.upkeep.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.druid.DruidServer;
import sluice.upkeep.retention.DailySweep;

/** Druid 33 as cluster {@code main} and Druid 37 as cluster {@code newer}: two real clusters that can differ. */
@ExtendWith(SandboxExtension.class)
@Isolated("pauses the coordinator and queues")
class TwoClustersIT {

    private static final String BOTH = "main, newer";
    private static final String RULES = "/druid/coordinator/v1/rules/";

    @Test
    void aChunkIsCompactedOnOneClusterAfterTheOther(Sandbox sandbox) {
        // Given
        DruidServer newer = sandbox.newerDruid();
        Ingestion ingestion = new Ingestion(sandbox, "two_compacted");
        ingestion.define(new DefinitionText("two_compacted")
                .cluster(BOTH)
                .batch("mode", "append")
                .part("compaction", "{engine: none, afterIngestion: true}"));

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.await("sluice.run.available", 2);
        ingestion.upload("dt=2026-01-01/b.json", Rows.json("2026-01-01", 7));

        // Then
        eventually(() -> assertThat(compactions(sandbox, "two_compacted"))
                .containsExactly("Planned on main", "Available on main", "Planned on newer", "Available on newer"));
        for (DruidServer druid : List.of(sandbox.druid(), newer)) {
            assertThat(druid.rows("two_compacted")).isEqualTo(17);
            eventually(() -> assertThat(activeSegments(druid, "two_compacted")).isEqualTo(1));
        }
        awaitSame(sandbox, "two_compacted");
    }

    @Test
    void aClusterThatIsDownStaysBehindAndCatchesUp(Sandbox sandbox) {
        // Given
        DruidServer newer = sandbox.newerDruid();
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "two_behind");
        ingestion.define(new DefinitionText("two_behind").cluster(BOTH).batch("mode", "append"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.await("sluice.run.available", 2);
        awaitSame(sandbox, "two_behind");

        // When
        sandbox.newerDruidProxy().refuse();
        ingestion.upload("dt=2026-01-01/b.json", Rows.json("2026-01-01", 7));
        ingestion.await("sluice.run.available", 3);

        // Then
        assertThat(sandbox.druid().rows("two_behind")).isEqualTo(17);
        assertThat(newer.rows("two_behind")).isEqualTo(10);
        comparison(api, "two_behind").body("same", equalTo(false)).body("clusters[1].problem", notNullValue());

        // When: it is up again, and nothing is submitted to it yet
        sandbox.lambda().queue("sluice-submit").pause();
        sandbox.newerDruidProxy().accept();

        // Then
        eventually(() -> comparison(api, "two_behind")
                .body("same", equalTo(false))
                .body("chunks[0].rowsDiffer", equalTo(true))
                .body("chunks[0].clusters.main.rows", equalTo(17))
                .body("chunks[0].clusters.newer.rows", equalTo(10)));

        // When
        sandbox.lambda().queue("sluice-submit").resume();

        // Then
        ingestion.await("sluice.run.available", 4);
        assertThat(newer.rows("two_behind")).isEqualTo(17);
        awaitSame(sandbox, "two_behind");
    }

    @Test
    void theSecondClusterIsSweptAfterTheFirst(Sandbox sandbox) throws InterruptedException {
        // Given: the same three days on both, one of them past its time
        DruidServer newer = sandbox.newerDruid();
        Ingestion ingestion = new Ingestion(sandbox, "two_swept");
        ingestion.define(new DefinitionText("two_swept").cluster(BOTH));
        IntStream.of(6, 1, 0)
                .mapToObj(TwoClustersIT::ago)
                .forEach(day -> ingestion.upload("dt=" + day + "/a.json", Rows.json(day, 5)));
        ingestion.await("sluice.run.available", 6);
        pauseCoordination(sandbox, newer, true);
        try {
            ingestion.define(new DefinitionText("two_swept").cluster(BOTH).part("retention", "{keep: P4D}"));
            // The second cluster gets rules that drop rows only while the first one matches the definition.
            for (DruidServer druid : List.of(sandbox.druid(), newer)) {
                eventually(() -> assertThat(rules(druid, "two_swept")).contains("P4D", "dropForever"));
            }
            String keepAll = "[{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":1}}]";
            sandbox.druid().post(RULES + "two_swept", keepAll);
            newer.post(RULES + "two_swept", keepAll);
        } finally {
            pauseCoordination(sandbox, newer, false);
        }

        // When: the first sweeps only look
        DailySweep.of(sandbox, "two_swept");
        DailySweep.of(sandbox, "two_swept");

        // Then
        eventually(() -> assertThat(sandbox.druid().rows("two_swept")).isEqualTo(10));

        // When
        DailySweep.of(sandbox, "two_swept");

        // Then
        eventually(() -> assertThat(newer.rows("two_swept")).isEqualTo(10));
        String first = actedAt(sandbox, "main");
        String second = actedAt(sandbox, "newer");
        assertThat(first).isLessThan(second);
        awaitSame(sandbox, "two_swept");
    }

    @Test
    void aClusterWithOtherRulesIsNamedAndSetRight(Sandbox sandbox) {
        // Given
        DruidServer newer = sandbox.newerDruid();
        Api api = new Api(sandbox);
        String text = new DefinitionText("two_rules")
                .cluster(BOTH)
                .part("retention", "{keep: P365D}")
                .toString();
        api.yaml(text).put("/v1/definitions/two_rules").then().statusCode(201);
        for (DruidServer druid : List.of(sandbox.druid(), newer)) {
            eventually(() -> assertThat(rules(druid, "two_rules")).contains("P365D", "dropForever"));
        }

        // When
        newer.post(RULES + "two_rules", "[{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":1}}]");

        // Then
        eventually(() -> assertThat(drifted(sandbox, "two_rules")).containsExactly("newer"));
        assertThat(rules(sandbox.druid(), "two_rules")).contains("P365D");

        // When
        api.yaml(text).put("/v1/definitions/two_rules").then().statusCode(200);

        // Then
        eventually(() -> assertThat(rules(newer, "two_rules")).contains("P365D", "dropForever"));
    }

    /** The steps of all compact runs, in order. */
    private static List<String> compactions(Sandbox sandbox, String datasource) {
        return sandbox.bus().events().stream()
                .filter(event ->
                        List.of("sluice.run.planned", "sluice.run.available").contains(event.type()))
                .map(event -> event.detail().path("data"))
                .filter(data -> data.path("datasource").asText().equals(datasource)
                        && data.path("kind").asText().equals("compact"))
                .map(data -> data.path("state").asText() + " on "
                        + data.path("cluster").asText())
                .toList();
    }

    private static List<String> drifted(Sandbox sandbox, String datasource) {
        return sandbox.bus().events("sluice.definition.drifted").stream()
                .map(event -> event.detail().path("data"))
                .filter(data -> data.path("datasource").asText().equals(datasource))
                .map(data -> data.path("cluster").asText())
                .toList();
    }

    private static ValidatableResponse comparison(Api api, String datasource) {
        return api.call()
                .get("/v1/datasources/{datasource}/clusters", datasource)
                .then()
                .statusCode(200);
    }

    private static void awaitSame(Sandbox sandbox, String datasource) {
        eventually(() -> comparison(new Api(sandbox), datasource)
                .body("same", equalTo(true))
                .body("chunks", empty())
                .body("columns", empty()));
    }

    private static int activeSegments(DruidServer druid, String datasource) {
        return druid.sql("SELECT COUNT(*) AS \"n\" FROM sys.segments WHERE \"is_active\" = 1 AND \"datasource\" = '"
                        + datasource + "'")
                .get(0)
                .path("n")
                .asInt();
    }

    private static String rules(DruidServer druid, String datasource) {
        return druid.get(RULES + datasource).body();
    }

    private static void pauseCoordination(Sandbox sandbox, DruidServer newer, boolean pause) {
        String config = "{\"pauseCoordination\":" + pause + "}";
        assertThat(sandbox.druid().post("/druid/coordinator/v1/config", config).statusCode())
                .isEqualTo(200);
        assertThat(newer.post("/druid/coordinator/v1/config", config).statusCode())
                .isEqualTo(200);
    }

    /** When the first sweep that marks something was made, as text that sorts by time. */
    private static String actedAt(Sandbox sandbox, String cluster) {
        List<String> times = new Api(sandbox)
                .call()
                .get("/v1/retention/reports?cluster={cluster}&datasource=two_swept", cluster)
                .then()
                .extract()
                .path("reports.findAll { it.mode == 'ACT' && it.marked.segments > 0 }.sweptAt");
        assertThat(times).isNotEmpty();
        return Collections.min(times);
    }

    private static String ago(int days) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(days).toString();
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Ingestion.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(assertion);
    }
}
