package sluice.upkeep.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.entry.gate.Api;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.platform.metric.Metric;
import sluice.platform.metric.SandboxMetrics;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/**
 * A backfill on a real Druid, with a pause, a resume, failures that are retried, and a stop. {@code -Dbackfill.chunks=200} loads
 * more days than the build does.
 */
@ExtendWith(SandboxExtension.class)
class BackfillIT {

    private static final int DAYS = Integer.getInteger("backfill.chunks", 20);
    private static final LocalDate FIRST = LocalDate.parse("2025-01-01");
    private static final int BROKEN = 3;

    @Test
    void daysAreLoadedThroughAPauseAFailureAndARetry(Sandbox sandbox) {
        // Given: the files settle for hours, so nothing else loads them; one cannot be read
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "backfill");
        for (int day = 0; day < DAYS; day++) {
            ingestion.upload(key(day), content(day, day == BROKEN));
        }
        ingestion.define(new DefinitionText("backfill")
                .batch("inputFormat", "{type: json}")
                .batch("trigger", "{on: object, settle: PT6H}"));
        String interval = FIRST + "/" + FIRST.plusDays(DAYS);
        String wish = "{\"datasource\": \"backfill\", \"interval\": \"%s\", \"chunksPerRun\": 5, \"parallel\": 2}"
                .formatted(interval);
        api.json(wish)
                .post("/v1/backfills/plan")
                .then()
                .statusCode(200)
                .body("runs", equalTo(DAYS / 5))
                .body("slots", equalTo(2))
                .body("replacedRows", equalTo(0))
                .body("files.withoutFiles", equalTo(0));

        // When
        long begun = System.nanoTime();
        String id = api.json(wish)
                .header("Idempotency-Key", "history")
                .post("/v1/backfills")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        api.json(wish)
                .header("Idempotency-Key", "history")
                .post("/v1/backfills")
                .then()
                .statusCode(200)
                .body("id", equalTo(id));
        await().untilAsserted(() -> assertThat(done(api, id)).isPositive());
        steer(api, id, "pause").statusCode(200).body("state", equalTo("Paused"));
        await().untilAsserted(() -> found(api, id).body("active", hasSize(0)));
        new SandboxMetrics(sandbox).awaitOver(Metric.BACKFILL_IDLE_TIME, 0);
        int whilePaused = done(api, id);
        steer(api, id, "resume").statusCode(200).body("state", equalTo("Running"));
        await().untilAsserted(() -> found(api, id).body("state", equalTo("DoneWithFailures")));
        found(api, id)
                .body("progress.failed", equalTo(5))
                .body("progress.done", equalTo(DAYS - 5))
                .body("failures", hasSize(1));
        ingestion.upload(key(BROKEN), content(BROKEN, false));
        steer(api, id, "retry-failed").statusCode(200).body("state", equalTo("Running"));
        await().untilAsserted(() -> found(api, id).body("state", equalTo("Done")));
        System.out.printf("%d days in %d runs: %d s%n", DAYS, DAYS / 5, (System.nanoTime() - begun) / 1_000_000_000);

        // Then
        assertThat(whilePaused).isLessThan(DAYS);
        found(api, id).body("progress.done", equalTo(DAYS)).body("progress.failed", equalTo(0));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(ingestion.rows())
                .isEqualTo(2L * DAYS));
        api.call()
                .queryParam("interval", interval)
                .get("/v1/datasources/backfill/chunks")
                .then()
                .statusCode(200)
                .body("chunks", hasSize(DAYS))
                .body("chunks.rows", everyItem(equalTo(2)))
                .body("chunks.versions", everyItem(equalTo(1)));
        api.json("{\"datasource\": \"backfill\", \"interval\": \"%s\", \"onlyMissing\": true}".formatted(interval))
                .post("/v1/backfills/plan")
                .then()
                .statusCode(200)
                .body("load", equalTo(0));
    }

    @Test
    void aStopLetsWhatIsInDruidEnd(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        Ingestion ingestion = new Ingestion(sandbox, "backfill_stop");
        for (int day = 0; day < 10; day++) {
            ingestion.upload(key(day), content(day, false));
        }
        ingestion.define(new DefinitionText("backfill_stop")
                .batch("inputFormat", "{type: json}")
                .batch("trigger", "{on: object, settle: PT6H}"));
        String id = api.json(("{\"datasource\": \"backfill_stop\", \"interval\": \"%s/%s\", \"parallel\": 1,"
                                + " \"reason\": \"history\"}")
                        .formatted(FIRST, FIRST.plusDays(10)))
                .post("/v1/backfills")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        await().untilAsserted(() ->
                assertThat(ingestion.events("sluice.run.submitted")).isNotEmpty());

        // When
        steer(api, id, "stop").statusCode(200);

        // Then
        await().untilAsserted(
                        () -> found(api, id).body("state", equalTo("Stopped")).body("active", hasSize(0)));
        int done = done(api, id);
        assertThat(done).isBetween(1, 9);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(ingestion.rows())
                .isEqualTo(2L * done));
        steer(api, id, "resume").statusCode(409);
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(3).plusSeconds(3L * DAYS))
                .pollInterval(Duration.ofSeconds(1));
    }

    private static ValidatableResponse found(Api api, String id) {
        return api.call().get("/v1/backfills/{id}", id).then().statusCode(200);
    }

    private static int done(Api api, String id) {
        return found(api, id).extract().path("progress.done");
    }

    private static ValidatableResponse steer(Api api, String id, String what) {
        return api.json("{\"reason\": \"test\"}")
                .post("/v1/backfills/{id}/{what}", id, what)
                .then();
    }

    private static String key(int day) {
        return "dt=" + FIRST.plusDays(day) + "/a.json";
    }

    private static byte[] content(int day, boolean isBroken) {
        return isBroken
                ? "{not json at all}\n".getBytes(StandardCharsets.UTF_8)
                : Rows.json(FIRST.plusDays(day).toString(), 2);
    }
}
