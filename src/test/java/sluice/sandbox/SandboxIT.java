package sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.sandbox.druid.Fault;
import sluice.sandbox.lambda.Json;
import sluice.sandbox.lambda.SqsQueue;
import sluice.sandbox.s3.S3;
import software.amazon.awssdk.core.sync.RequestBody;

/** The servers of the sandbox are real and work together. */
@ExtendWith(SandboxExtension.class)
@Isolated("ends and starts Druid")
class SandboxIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String TASK_PATH = "/druid/indexer/v1/task";

    @Test
    void druidLoadsAnObjectFromS3StoresItsSegmentsThereAndKeepsThemOverAKill(Sandbox sandbox) {
        // Given
        store(sandbox, "smoke/rows.json", "{\"time\":\"2026-01-01T01:00:00Z\",\"page\":\"a\"}\n");

        // When
        var answer = sandbox.druid().post(TASK_PATH, task("smoke-1", "smoke", "smoke/rows.json"));

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> sandbox.druid().rows("smoke") == 1);
        assertThat(sandbox.s3().keys(S3.DRUID, "segments/smoke/")).hasSize(1);

        // When
        sandbox.druid().kill();
        sandbox.druid().restart();

        // Then
        await().atMost(PATIENCE).until(() -> sandbox.druid().rows("smoke") == 1);
        assertThat(sandbox.druid().taskState("smoke-1")).isEqualTo("SUCCESS");
    }

    @Test
    void aNewObjectOfTheLandingBucketIsReported(Sandbox sandbox) {
        // Given
        SqsQueue queue = sandbox.lambda().queue("sluice-generate");
        queue.pause();

        // When
        sandbox.s3().upload("no definition/a b.json", "{}".getBytes(StandardCharsets.UTF_8));

        // Then
        JsonNode record =
                Json.read(queue.messages().get(queue.messages().size() - 1)).at("/Records/0");
        assertThat(record.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
        assertThat(record.at("/s3/bucket/name").asText()).isEqualTo(S3.LANDING);
        assertThat(record.at("/s3/object/key").asText()).isEqualTo("no+definition/a+b.json");
        assertThat(record.at("/s3/object/size").asLong()).isEqualTo(2);

        // When
        queue.resume();

        // Then
        await().atMost(PATIENCE).until(() -> queue.messages().isEmpty());
    }

    @Test
    void aCopyIsReportedAndADeletionIsNot(Sandbox sandbox) {
        // Given
        SqsQueue queue = sandbox.lambda().queue("sluice-generate");
        queue.pause();
        int before = queue.messages().size();
        sandbox.s3().upload("no definition/first.json", new byte[] {1, 2, 3});

        // When
        sandbox.s3().client().copyObject(request -> request.sourceBucket(S3.LANDING)
                .sourceKey("no definition/first.json")
                .destinationBucket(S3.LANDING)
                .destinationKey("no definition/second.json"));
        sandbox.s3().delete("no definition/first.json");

        // Then
        assertThat(queue.messages().subList(before, queue.messages().size()))
                .extracting(
                        message -> Json.read(message).at("/Records/0/eventName").asText())
                .containsExactly("ObjectCreated:Put", "ObjectCreated:Copy");
    }

    @Test
    void aFunctionThatWasKilledTakesTheNextMessage(Sandbox sandbox) {
        // Given
        SqsQueue queue = sandbox.lambda().queue("sluice-generate");
        sandbox.lambda().kill("generate");

        // When
        sandbox.s3().upload("no definition/after-kill.json", new byte[] {1});

        // Then
        await().atMost(PATIENCE).until(() -> queue.messages().isEmpty());
        assertThat(queue.deadLetters()).isEmpty();
    }

    @Test
    void aLostAnswerIsLostAfterDruidActed(Sandbox sandbox) {
        // Given
        store(sandbox, "lost/rows.json", "{\"time\":\"2026-01-01T01:00:00Z\",\"page\":\"a\"}\n");
        sandbox.druidProxy().inject(Fault.losingTheAnswer("POST", TASK_PATH, 1));
        HttpRequest request = HttpRequest.newBuilder(sandbox.druidProxy().uri().resolve(TASK_PATH))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(task("lost-1", "lost", "lost/rows.json")))
                .build();

        // When
        Throwable failure = Assertions.catchThrowable(() -> send(request));

        // Then
        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(sandbox.druid().taskState("lost-1")).isNotEqualTo("UNKNOWN");
    }

    @Test
    void theProxyRefusesAndAcceptsAgain(Sandbox sandbox) throws Exception {
        // Given
        URI health = sandbox.druidProxy().uri().resolve("/status/health");
        HttpRequest request = HttpRequest.newBuilder(health).build();

        // When
        sandbox.druidProxy().refuse();

        // Then
        assertThat(Assertions.catchThrowable(() -> send(request))).isInstanceOf(ConnectException.class);

        // When
        sandbox.druidProxy().accept();

        // Then
        assertThat(send(request).body()).isEqualTo("true");
        assertThat(sandbox.druidProxy().count("GET", "/status/health")).isEqualTo(1);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void store(Sandbox sandbox, String key, String content) {
        sandbox.s3()
                .client()
                .putObject(request -> request.bucket(S3.CONFIGURATION).key(key), RequestBody.fromString(content));
    }

    private static String task(String id, String datasource, String key) {
        return """
                {"type":"index_parallel","id":"%s","spec":{
                  "dataSchema":{"dataSource":"%s","timestampSpec":{"column":"time","format":"iso"},
                    "dimensionsSpec":{"dimensions":["page"]},
                    "granularitySpec":{"segmentGranularity":"DAY","queryGranularity":"NONE","rollup":false,
                      "intervals":["2026-01-01/2026-01-02"]}},
                  "ioConfig":{"type":"index_parallel","inputFormat":{"type":"json"},
                    "inputSource":{"type":"s3","uris":["s3://%s/%s"]}},
                  "tuningConfig":{"type":"index_parallel"}}}
                """
                .formatted(id, datasource, S3.CONFIGURATION, key);
    }
}
