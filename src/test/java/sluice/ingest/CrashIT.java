package sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** Druid itself dies in the middle of a task. */
@ExtendWith(SandboxExtension.class)
@Isolated("ends Druid")
class CrashIT {

    private static final int ROWS = 80_000;

    /**
     * A real Druid 33 runs the sub-tasks of a multi-phase task again after a crash, the old ones beside the new: the task
     * ends with SUCCESS and every row is there twice.
     */
    @Test
    void rowsThatACrashHasDoubledAreLoadedAnew(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "crash_hashed")
                .define(
                        new DefinitionText("crash_hashed")
                                .granularity("{segmentGranularity: DAY, queryGranularity: NONE, rollup: true}")
                                .batch("trigger", "{on: object, settle: PT2S}")
                                .batch("partitions", "{type: hashed, numShards: 2}")
                                .batch(
                                        "tuningConfig",
                                        "{maxNumConcurrentSubTasks: 2, taskStatusCheckPeriodMs: 100, splitHintSpec: {type: maxSize, maxNumFiles: 1}}"));
        ingestion
                .upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 1, ROWS))
                .upload("dt=2026-01-01/b.json", Rows.json("2026-01-01", 2, ROWS));
        ingestion.await("sluice.run.submitted", 1);
        await().atMost(Ingestion.PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> sandbox.druid()
                .get("/druid/indexer/v1/runningTasks")
                .body()
                .contains("partial_index_generate_crash_hashed"));

        // When
        sandbox.druid().kill();
        sandbox.druid().restart();

        // Then
        JsonNode data = ingestion.awaitAvailable();
        assertThat(data.path("attempt").asInt()).isEqualTo(2);
        JsonNode answer = sandbox.druid().sql("SELECT SUM(\"rows_read\") AS \"n\" FROM \"crash_hashed\"");
        assertThat(ingestion
                        .events("sluice.run.failed")
                        .get(0)
                        .detail()
                        .at("/data/problem/code")
                        .asText())
                .isEqualTo("SERVERS_RESTARTED");
        assertThat(answer.get(0).path("n").asLong()).isEqualTo(2L * ROWS);
    }
}
