package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import sluice.entry.gate.Api;
import sluice.platform.metric.Metric;
import sluice.platform.metric.SandboxMetrics;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** Streams of definitions are supervisors in a real Druid that reads a real Kafka. */
@ExtendWith(SandboxExtension.class)
@ResourceLock("supervisors")
class StreamIT {

    private static final String SUPERVISOR = "/druid/indexer/v1/supervisor";

    @AfterEach
    void leaveNoSupervisor(Sandbox sandbox) {
        sandbox.druid().endSupervisors("stream_");
    }

    @Test
    void messagesBecomeRowsAndTheSameAgainDisturbsNothing(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        String text = new StreamText("stream_rows")
                .kafka(sandbox.kafka().bootstrapServers(), "")
                .toString();
        sandbox.kafka().send("stream_rows", messages(20));

        // When
        api.yaml(text)
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("changes", equalTo("present"))
                .body("plans[0].clusters[0].settings.operation", contains("create"));
        api.yaml(text)
                .put("/v1/definitions/stream_rows")
                .then()
                .statusCode(201)
                .body("alignment.phase", equalTo("STARTING"));

        // Then
        awaitPhase(api, "stream_rows", "ALIGNED");
        api.call()
                .get("/v1/definitions/stream_rows/alignment")
                .then()
                .body("clusters[0].supervisors[0].state", equalTo("RUNNING"));
        Api.await().untilAsserted(() -> assertThat(sandbox.druid().rows("stream_rows"))
                .isEqualTo(20));
        assertThat(events(sandbox, "stream_rows")).contains("sluice.definition.activated", "sluice.definition.aligned");

        // When
        sandbox.druidProxy().reset();
        api.yaml(text).post("/v1/plan").then().statusCode(200).body("changes", equalTo("none"));
        api.yaml(text).put("/v1/definitions/stream_rows").then().statusCode(200).body("changed", equalTo(false));
        awaitPhase(api, "stream_rows", "ALIGNED");

        // Then
        assertThat(sandbox.druidProxy().count("GET", SUPERVISOR + "/stream_rows"))
                .isPositive();
        assertThat(sandbox.druidProxy().count("POST", SUPERVISOR)).isZero();
    }

    @Test
    void aChangeRestartsARollbackGoesBackAndAStreamThatIsGoneIsTerminated(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        StreamText text = new StreamText("stream_change").kafka(sandbox.kafka().bootstrapServers(), "");
        sandbox.kafka().send("stream_change", messages(1));
        api.yaml(text.toString()).put("/v1/definitions/stream_change").then().statusCode(201);
        awaitPhase(api, "stream_change", "ALIGNED");
        String changed = new StreamText("stream_change")
                .kafka(sandbox.kafka().bootstrapServers(), ", taskDuration: PT40M")
                .toString();

        // When
        api.yaml(changed)
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("plans[0].clusters[0].settings[0].operation", equalTo("restart"))
                .body("plans[0].clusters[0].settings[0].restart", equalTo(true))
                .body("plans[0].clusters[0].settings[0].changes.pointer", contains("/spec/ioConfig/taskDuration"));
        assertThat(api.yaml(changed)
                        .accept("text/markdown")
                        .post("/v1/plan")
                        .then()
                        .extract()
                        .asString())
                .contains("**restart** supervisor `stream_change`, its tasks are restarted");
        api.yaml(changed).put("/v1/definitions/stream_change").then().statusCode(200);
        awaitPhase(api, "stream_change", "ALIGNED");

        // Then
        assertThat(supervisor(sandbox, "stream_change")).contains("\"taskDuration\":\"PT2400S\"");

        // When
        api.json("{\"reason\": \"too short\"}")
                .header("idempotency-key", "rollback of StreamIT")
                .post("/v1/definitions/stream_change/rollback")
                .then()
                .statusCode(202);
        awaitPhase(api, "stream_change", "ALIGNED");

        // Then
        assertThat(supervisor(sandbox, "stream_change")).contains("\"taskDuration\":\"PT3600S\"");
        assertThat(events(sandbox, "stream_change")).contains("sluice.definition.rolled-back");

        // When
        String gone = text.withoutStream().toString();
        api.yaml(gone)
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("plans[0].clusters[0].settings.operation", contains("remove"));
        api.yaml(gone).put("/v1/definitions/stream_change").then().statusCode(200);
        awaitPhase(api, "stream_change", "ALIGNED");

        // Then
        assertThat(sandbox.druid().get(SUPERVISOR + "/stream_change").statusCode())
                .isEqualTo(404);
        assertThat(sandbox.druid()
                        .sql("SELECT \"task_id\" FROM sys.tasks WHERE \"datasource\" = 'stream_change'"
                                + " AND \"status\" = 'RUNNING'"))
                .isEmpty();
    }

    /** A bad supervisor deleted the running one, and nobody noticed until the morning. */
    @Test
    void issue18827WhatDruidWouldRefuseNeverReachesIt(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        String servers = sandbox.kafka().bootstrapServers();
        sandbox.kafka().send("stream_bad", messages(1));
        api.yaml(new StreamText("stream_bad").kafka(servers, "").toString())
                .put("/v1/definitions/stream_bad")
                .then()
                .statusCode(201);
        awaitPhase(api, "stream_bad", "ALIGNED");
        String bad = new StreamText("stream_bad")
                .kafka(servers, ", autoScalerConfig: {enableTaskAutoScaler: true, taskCountMin: 4, taskCountMax: 2}")
                .toString();
        sandbox.druidProxy().reset();

        // When
        api.yaml(bad)
                .put("/v1/definitions/stream_bad")
                .then()
                .statusCode(422)
                .body("findings.pointer", hasItem("/stream/0/autoScalerConfig"));

        // Then
        assertThat(sandbox.druidProxy().count("POST", SUPERVISOR)).isZero();
        assertThat(supervisor(sandbox, "stream_bad")).doesNotContain("taskCountMin");
    }

    /** Druid takes a supervisor that can never read anything, and calls it healthy. */
    @Test
    void issue6992ASupervisorThatReadsNothingIsNotAligned(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        String text = new StreamText("stream_deaf").kafka("127.0.0.1:9", "").toString();

        // When
        api.yaml(text)
                .put("/v1/definitions/stream_deaf")
                .then()
                .statusCode(201)
                .body("alignment.phase", equalTo("STARTING"));

        // Then
        Api.await().atMost(java.time.Duration.ofSeconds(150)).untilAsserted(() -> api.call()
                .get("/v1/definitions/stream_deaf/alignment")
                .then()
                .body("phase", equalTo("MISALIGNED"))
                .body("clusters[0].supervisors[0].state", equalTo("FAILED"))
                .body("clusters[0].supervisors[0].reason", containsString("it ")));
        assertThat(events(sandbox, "stream_deaf")).contains("sluice.definition.misaligned");
    }

    @Test
    void aSupervisorThatFallsIllIsTold(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        String text = new StreamText("stream_ill")
                .kafka(
                        sandbox.kafka().bootstrapServers(),
                        ", period: PT1S, tuningConfig: {type: kafka, maxParseExceptions: 0}")
                .toString();
        sandbox.kafka().send("stream_ill", messages(1));
        api.yaml(text).put("/v1/definitions/stream_ill").then().statusCode(201);
        awaitPhase(api, "stream_ill", "ALIGNED");

        // When
        sandbox.kafka().send("stream_ill", List.of("{no JSON"));

        // Then
        awaitPhase(api, "stream_ill", "MISALIGNED");
        api.call()
                .get("/v1/definitions/stream_ill/alignment")
                .then()
                .body("clusters[0].supervisors[0].state", equalTo("FAILED"))
                .body("clusters[0].supervisors[0].reason", containsString("Max parse exceptions"));
        assertThat(events(sandbox, "stream_ill")).contains("sluice.definition.misaligned");
        SandboxMetrics metrics = new SandboxMetrics(sandbox);
        metrics.awaitOver(Metric.DEFINITIONS_MISALIGNED, 0, "stream_ill");
        metrics.awaitOver(Metric.SUPERVISORS_UNHEALTHY, 0);
        metrics.awaitOver(Metric.SUPERVISOR_LAG, 0);
    }

    @Test
    void aSupervisorThatSomebodyElseMadeIsTakenOverOnlyInPlainSight(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        String servers = sandbox.kafka().bootstrapServers();
        sandbox.kafka().send("stream_theirs", messages(1));
        api.yaml(new StreamText("stream_theirs").kafka(servers, "").toString())
                .put("/v1/definitions/stream_theirs")
                .then()
                .statusCode(201);
        awaitPhase(api, "stream_theirs", "ALIGNED");
        String theirs = supervisor(sandbox, "stream_theirs")
                .replaceAll("\"sluice\\.[a-zA-Z]+\":\"[0-9a-f]+\",?", "")
                .replace("\"PT30S\"", "\"PT20S\"")
                .replace(",\"suspended\"", ",\"suspended\"");
        assertThat(sandbox.druid().post(SUPERVISOR, theirs.replace(",}", "}")).statusCode())
                .isEqualTo(200);

        // When
        String text = new StreamText("stream_theirs").kafka(servers, "").toString();

        // Then
        api.yaml(text)
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("changes", equalTo("present"))
                .body("plans[0].clusters[0].settings.operation", contains("replace"))
                .body(
                        "plans[0].clusters[0].settings[0].note",
                        containsString("Sluice did not create the existing one"));
        api.yaml(text).put("/v1/definitions/stream_theirs").then().statusCode(200);
        awaitPhase(api, "stream_theirs", "ALIGNED");
        assertThat(supervisor(sandbox, "stream_theirs")).contains("sluice.specHash");
    }

    private static void awaitPhase(Api api, String datasource, String phase) {
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/definitions/" + datasource + "/alignment")
                .then()
                .body("phase", equalTo(phase)));
    }

    private static String supervisor(Sandbox sandbox, String id) {
        return sandbox.druid().get(SUPERVISOR + "/" + id).body();
    }

    private static List<String> events(Sandbox sandbox, String datasource) {
        return sandbox.bus().events().stream()
                .filter(event -> event.detail().path("subject").asText().endsWith(datasource))
                .map(event -> event.type())
                .toList();
    }

    private static List<String> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "{\"time\": \"2026-01-05T00:00:%02dZ\", \"page\": \"p%d\"}".formatted(index, index))
                .toList();
    }
}
