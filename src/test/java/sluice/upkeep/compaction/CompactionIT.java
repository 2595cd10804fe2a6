package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sluice.upkeep.compaction.Compactions.DAY;
import static sluice.upkeep.compaction.Compactions.available;
import static sluice.upkeep.compaction.Compactions.awaitCompacted;
import static sluice.upkeep.compaction.Compactions.awaitState;
import static sluice.upkeep.compaction.Compactions.chunk;
import static sluice.upkeep.compaction.Compactions.compactRuns;
import static sluice.upkeep.compaction.Compactions.compacted;
import static sluice.upkeep.compaction.Compactions.compactedEvents;
import static sluice.upkeep.compaction.Compactions.loadedTwice;
import static sluice.upkeep.compaction.Compactions.segments;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.AlsoOnDruid37;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.lambda.BusEvent;

/** Small segments become few, with the same rows. */
@ExtendWith(SandboxExtension.class)
@AlsoOnDruid37
class CompactionIT {

    private static final String HOURLY_ROLLUP = "{segmentGranularity: DAY, queryGranularity: HOUR, rollup: true}";

    @Test
    void appendsBecomeOneSegmentWithTheSameRowsOnceTheyAreAvailable(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "compact_appends").define(compacted("compact_appends"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json(DAY, 100));
        ingestion.awaitAvailable();

        // When
        ingestion.upload("dt=2026-01-01/b.json", Rows.json(DAY, 70));

        // Then
        JsonNode compacted = awaitCompacted(ingestion, 1).get(0);
        assertThat(segments(sandbox, "compact_appends")).isEqualTo(1);
        assertThat(ingestion.rows()).isEqualTo(170);
        assertThat(compacted.at("/counts/rows").asLong()).isEqualTo(170);
        assertThat(compacted.at("/counts/read").asLong()).isEqualTo(170);
        List<String> story = ingestion.story();
        assertThat(story.stream().filter("sluice.run.available "::equals)).hasSize(3);
        assertThat(story.lastIndexOf("sluice.run.planned "))
                .as("planned after both loads were available: %s", story)
                .isGreaterThan(nth(story, "sluice.run.available ", 2));
        awaitState(sandbox, "compact_appends", "DONE");
    }

    @Test
    void rollupMeetsAcrossSegmentsAndKeepsTheSums(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "compact_rollup")
                .define(compacted("compact_rollup").granularity(HOURLY_ROLLUP));
        ingestion.upload("dt=2026-01-01/a.json", sameDimensions(30));
        ingestion.awaitAvailable();

        // When
        ingestion.upload("dt=2026-01-01/b.json", sameDimensions(20));

        // Then
        awaitCompacted(ingestion, 1);
        JsonNode answer = sandbox.druid()
                .sql("SELECT COUNT(*) AS \"stored\", SUM(\"rows_read\") AS \"read\" FROM \"compact_rollup\"");
        assertThat(answer.get(0).path("stored").asLong()).isEqualTo(1);
        assertThat(answer.get(0).path("read").asLong()).isEqualTo(50);
    }

    @Test
    void oneSegmentIsLeftAloneHoweverOftenItsEventComes(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "compact_one").define(compacted("compact_one"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json(DAY, 10));
        BusEvent available = available(ingestion, 1);
        awaitState(sandbox, "compact_one", "DONE");

        // When
        sandbox.lambda().deliverConcurrently("sluice-follow", available.detail().toString(), 4);

        // Then
        assertThat(chunk(sandbox, "compact_one").get("reason").s()).isEqualTo("there is one segment");
        assertThat(compactRuns(ingestion)).isEmpty();
    }

    @Test
    void anEventThatComesAgainPlansNothingTwice(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "compact_again").define(compacted("compact_again"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json(DAY, 10));
        ingestion.awaitAvailable();
        ingestion.upload("dt=2026-01-01/b.json", Rows.json(DAY, 10));
        awaitCompacted(ingestion, 1);

        // When
        for (BusEvent event : ingestion.events("sluice.run.available")) {
            sandbox.lambda().deliverConcurrently("sluice-follow", event.detail().toString(), 3);
        }

        // Then
        assertThat(compactRuns(ingestion)).hasSize(1);
        assertThat(ingestion.rows()).isEqualTo(20);
    }

    @Test
    void theSecondClusterHasNothingToDoWhereItIsTheSameDruid(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "compact_both");
        BusEvent available = loadedTwice(ingestion, "compact_both");

        // When
        ingestion.define(compacted("compact_both").cluster("main, onprem"));

        // Then
        await().atMost(Ingestion.PATIENCE).untilAsserted(() -> {
            sandbox.lambda()
                    .deliverConcurrently("sluice-follow", available.detail().toString(), 1);
            assertThat(compactedEvents(ingestion)).isNotEmpty();
        });
        awaitState(sandbox, "compact_both", "DONE");
        assertThat(compactRuns(ingestion))
                .singleElement()
                .satisfies(run -> assertThat(run.path("cluster").asText()).isEqualTo("main"));
        assertThat(chunk(sandbox, "compact_both").get("reason").s()).doesNotContain("differ");
        assertThat(ingestion.rows()).isEqualTo(20);
    }

    private static byte[] sameDimensions(int rows) {
        return "{\"time\":\"2026-01-01T01:00:00Z\",\"channel\":\"#en\",\"page\":\"p\",\"added\":1}\n"
                .repeat(rows)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int nth(List<String> story, String type, int number) {
        int found = 0;
        for (int index = 0; index < story.size(); index++) {
            if (story.get(index).equals(type) && ++found == number) {
                return index;
            }
        }
        throw new AssertionError(type + " came " + found + " times: " + story);
    }
}
