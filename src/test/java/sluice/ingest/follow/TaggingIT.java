package sluice.ingest.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.lambda.BusEvent;
import sluice.sandbox.s3.S3;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Tag;

/** What is loaded is tagged, so that a bucket's lifecycle rules can archive it. */
@ExtendWith(SandboxExtension.class)
@Isolated("pauses queues")
class TaggingIT {

    @Test
    void loadedObjectsAreTaggedBesideTheTagsOfOthers(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "tag_loaded").define(new DefinitionText("tag_loaded"));

        // When
        uploadTagged(sandbox, "tag_loaded/dt=2026-01-01/a b+c.json", Rows.json("2026-01-01", 10), "team=search");

        // Then
        String runId = ingestion.awaitAvailable().path("runId").asText();
        await().atMost(Ingestion.PATIENCE)
                .untilAsserted(() -> assertThat(tags(sandbox, "tag_loaded/dt=2026-01-01/a b+c.json"))
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("team", "search", "sluice-run", runId, "sluice-state", "available")));
    }

    @Test
    void objectsOfAFailedRunAreNotTagged(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "tag_failed")
                .define(new DefinitionText("tag_failed")
                        .batch("expect", "{rows: {min: 1000}}")
                        .batch("onViolation", "fail"));

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        BusEvent failed = ingestion.await("sluice.run.failed", 1).get(0);
        sandbox.lambda().deliverConcurrently("sluice-follow", failed.detail().toString(), 2);

        // Then
        assertThat(tags(sandbox, "tag_failed/dt=2026-01-01/a.json")).isEmpty();
    }

    @Test
    void anObjectWithoutRoomOverwrittenOrGoneIsLeftAsItIs(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "tag_odd")
                .define(new DefinitionText("tag_odd").batch("trigger", "{on: object, settle: PT3S}"));
        sandbox.lambda().queue("sluice-follow").pause();
        String nine = IntStream.range(0, 9).mapToObj(i -> "t" + i + "=" + i).collect(Collectors.joining("&"));
        uploadTagged(sandbox, "tag_odd/dt=2026-01-01/full.json", Rows.json("2026-01-01", 1), nine);
        ingestion.upload("dt=2026-01-01/overwritten.json", Rows.json("2026-01-01", 2));
        ingestion.upload("dt=2026-01-01/gone.json", Rows.json("2026-01-01", 3));
        ingestion.upload("dt=2026-01-01/kept.json", Rows.json("2026-01-01", 4));
        BusEvent available = ingestion.await("sluice.run.available", 1).get(0);
        sandbox.lambda().queue("sluice-generate").pause();
        ingestion.upload("dt=2026-01-01/overwritten.json", Rows.json("2026-01-01", 5));
        sandbox.s3().delete("tag_odd/dt=2026-01-01/gone.json");

        // When
        sandbox.lambda().deliverConcurrently("sluice-follow", available.detail().toString(), 2);

        // Then
        assertThat(tags(sandbox, "tag_odd/dt=2026-01-01/kept.json")).containsEntry("sluice-state", "available");
        assertThat(tags(sandbox, "tag_odd/dt=2026-01-01/overwritten.json")).isEmpty();
        assertThat(tags(sandbox, "tag_odd/dt=2026-01-01/full.json")).hasSize(9).doesNotContainKey("sluice-state");
    }

    @Test
    void anObjectForTwoClustersIsTaggedWhenBothHaveIt(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion =
                new Ingestion(sandbox, "tag_both").define(new DefinitionText("tag_both").cluster("main, nowhere"));

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        BusEvent available = ingestion.await("sluice.run.available", 1).get(0);
        sandbox.lambda().deliverConcurrently("sluice-follow", available.detail().toString(), 1);

        // Then
        assertThat(tags(sandbox, "tag_both/dt=2026-01-01/a.json"))
                .as("the other cluster has not loaded it, and never will")
                .isEmpty();
    }

    private static void uploadTagged(Sandbox sandbox, String key, byte[] content, String tagging) {
        sandbox.s3()
                .client()
                .putObject(
                        request -> request.bucket(S3.LANDING).key(key).tagging(tagging),
                        RequestBody.fromBytes(content));
    }

    private static Map<String, String> tags(Sandbox sandbox, String key) {
        return sandbox
                .s3()
                .client()
                .getObjectTagging(request -> request.bucket(S3.LANDING).key(key))
                .tagSet()
                .stream()
                .collect(Collectors.toMap(Tag::key, Tag::value));
    }
}
