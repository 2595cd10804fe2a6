package sluice.govern.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import sluice.entry.gate.Api;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** Streams are suspended, resumed, handed off and reset in a real Druid that reads a real Kafka. */
@ExtendWith(SandboxExtension.class)
@ResourceLock("supervisors")
class StreamOperationsIT {

    private static final String NAME = "operated";

    @AfterEach
    void leaveNoSupervisor(Sandbox sandbox) {
        sandbox.druid().endSupervisors(NAME);
    }

    @Test
    void aStreamIsSuspendedResumedHandedOffResetAndMovedToAnotherTopic(Sandbox sandbox) {
        // Given
        Api api = new Api(sandbox);
        sandbox.kafka().send(NAME, messages(20));
        api.yaml(text(sandbox, NAME)).put("/v1/definitions/" + NAME).then().statusCode(201);
        awaitPhase(api, "ALIGNED");
        awaitRows(sandbox, 20);

        // When
        int suspended = operate(api, "{\"operation\": \"suspend\", \"reason\": \"test\"}");

        // Then
        api.call()
                .get(operations() + "/" + suspended)
                .then()
                .body("before.stream", equalTo(NAME))
                .body("before.offsets.'0'", equalTo(20));

        // When: it reads on, and publishes
        sandbox.kafka().send(NAME, messages(5));
        operate(api, "{\"operation\": \"resume\", \"reason\": \"test\"}");
        awaitRows(sandbox, 25);
        operate(api, "{\"operation\": \"handoff\", \"reason\": \"test\"}");

        // Then: Druid asks Kafka for its latest offsets every half minute
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/datasources/" + NAME + "/streams")
                .then()
                .statusCode(200)
                .body("streams[0].state", equalTo("RUNNING"))
                .body("streams[0].partitions[0].latest", greaterThan(0)));

        // When: back to the offsets of the suspension
        operate(api, "{\"operation\": \"reset\", \"snapshot\": " + suspended + ", \"reason\": \"test\"}");

        // Then: the five messages after it are read again
        awaitRows(sandbox, 30);

        // When: the definition wants another topic
        operate(api, "{\"operation\": \"handoff\", \"reason\": \"test\"}");
        sandbox.kafka().send(NAME + "_2", messages(3));
        api.yaml(text(sandbox, NAME + "_2"))
                .put("/v1/definitions/" + NAME)
                .then()
                .statusCode(200);
        awaitPhase(api, "MISALIGNED");
        operate(api, "{\"operation\": \"reset\", \"reason\": \"test\"}");

        // Then
        awaitRows(sandbox, 33);

        // When
        operate(api, "{\"operation\": \"handoff\", \"reason\": \"test\"}");
        int terminated = operate(api, "{\"operation\": \"terminate\", \"reason\": \"test\"}");
        api.call()
                .get(operations() + "/" + terminated)
                .then()
                .body("before.stream", equalTo(NAME + "_2"))
                .body("before.offsets.'0'", equalTo(3));
        assertThat(sandbox.druid().rows(NAME)).isEqualTo(33);
    }

    /** Starts an operation and waits until it is done. */
    private static int operate(Api api, String order) {
        int number = api.json(order)
                .post(operations())
                .then()
                .statusCode(202)
                .extract()
                .path("number");
        Api.await().untilAsserted(() -> {
            String operation =
                    api.call().get(operations() + "/" + number).then().extract().asString();
            assertThat(operation).contains("\"phase\":\"DONE\"");
        });
        return number;
    }

    private static String operations() {
        return "/v1/datasources/" + NAME + "/streams/" + NAME + "/operations";
    }

    private static void awaitRows(Sandbox sandbox, long rows) {
        Api.await().untilAsserted(() -> assertThat(sandbox.druid().rows(NAME)).isEqualTo(rows));
    }

    private static void awaitPhase(Api api, String phase) {
        Api.await().untilAsserted(() -> api.call()
                .get("/v1/definitions/" + NAME + "/alignment")
                .then()
                .body("phase", equalTo(phase)));
    }

    private static String text(Sandbox sandbox, String topic) {
        return """
                apiVersion: sluice/v1
                datasource: %s
                clusters: [main]
                schema:
                  timestampSpec: {column: time, format: auto}
                  dimensionsSpec: {dimensions: [page]}
                  granularitySpec: {segmentGranularity: DAY, queryGranularity: NONE, rollup: false}
                stream:
                  - type: kafka
                    topic: %s
                    period: PT1S
                    startDelay: PT1S
                    consumerProperties: {bootstrap.servers: "%s", default.api.timeout.ms: "5000"}
                    tuningConfig: {offsetFetchPeriod: PT5S}
                """
                .formatted(NAME, topic, sandbox.kafka().bootstrapServers());
    }

    private static List<String> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "{\"time\": \"2026-01-05T00:00:%02dZ\", \"page\": \"p%d\"}".formatted(index, index))
                .toList();
    }
}
