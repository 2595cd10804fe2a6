package sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.sandbox.lambda.Json;
import sluice.sandbox.s3.S3;

/** The servers of the sandbox are real and work together: what is on S3 becomes rows, by way of deep storage on S3. */
@ExtendWith(SandboxExtension.class)
class SandboxSmokeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void druidLoadsAnObjectFromS3AndStoresItsSegmentsOnS3(Sandbox sandbox) {
        // Given
        String rows =
                """
                {"time":"2026-01-01T01:00:00Z","page":"a","added":1}
                {"time":"2026-01-01T02:00:00Z","page":"b","added":2}
                """;
        sandbox.s3()
                .client()
                .putObject(
                        request -> request.bucket(S3.CONFIGURATION).key("smoke/rows.json"),
                        software.amazon.awssdk.core.sync.RequestBody.fromBytes(rows.getBytes(StandardCharsets.UTF_8)));
        String task =
                """
                {"type":"index_parallel","id":"smoke-1","spec":{
                  "dataSchema":{"dataSource":"smoke","timestampSpec":{"column":"time","format":"iso"},
                    "dimensionsSpec":{"dimensions":["page",{"type":"long","name":"added"}]},
                    "granularitySpec":{"segmentGranularity":"DAY","queryGranularity":"NONE","rollup":false,
                      "intervals":["2026-01-01/2026-01-02"]}},
                  "ioConfig":{"type":"index_parallel","inputFormat":{"type":"json"},
                    "inputSource":{"type":"s3","uris":["s3://%s/smoke/rows.json"]}},
                  "tuningConfig":{"type":"index_parallel"}}}
                """
                        .formatted(S3.CONFIGURATION);

        // When
        var answer = sandbox.druid().post("/druid/indexer/v1/task", task);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> sandbox.druid().rows("smoke") == 2);
        assertThat(sandbox.druid().taskState("smoke-1")).isEqualTo("SUCCESS");
        assertThat(sandbox.s3().keys(S3.DRUID, "segments/smoke/")).hasSize(1);
        assertThat(Json.read(sandbox.druid()
                                .get("/druid/indexer/v1/task/smoke-1/reports")
                                .body())
                        .at("/ingestionStatsAndErrors/payload/rowStats/totals/buildSegments/processed")
                        .asInt(-1))
                .isIn(2, -1);
    }
}
