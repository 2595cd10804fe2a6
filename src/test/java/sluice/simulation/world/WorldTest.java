package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import sluice.simulation.druid.InputRows;

/** The world turns: a file becomes rows. */
class WorldTest {

    static final String DEFINITION =
            """
            apiVersion: sluice/v1
            datasource: %1$s
            clusters: [main]
            schema:
              timestampSpec: {column: time, format: iso}
              dimensionsSpec: {dimensions: [channel]}
              metricsSpec: [{type: count, name: count}]
              granularitySpec: {segmentGranularity: DAY, queryGranularity: NONE, rollup: false}
            batch:
              source: {type: s3, bucket: landing, prefix: %1$s/, timeChunk: "'dt='yyyy-MM-dd"}
              inputFormat: {type: json}
              mode: %2$s
              trigger: {on: object, settle: PT1M}
              partitions: {type: dynamic}
            """;

    @Test
    void aFileBecomesRows() {
        // Given
        World world = new World();
        world.define("wiki", DEFINITION.formatted("wiki", "replace"));

        // When
        world.upload("wiki/dt=2026-02-01/a.json", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 10));
        world.settle(15);

        // Then
        assertThat(world.druid().servedRows("wiki"))
                .as(world.story().toString())
                .containsEntry("landing/wiki/dt=2026-02-01/a.json", 10L);
        assertThat(world.events())
                .extracting(event -> event.type())
                .containsSubsequence("sluice.run.planned", "sluice.run.submitted", "sluice.run.available");
    }
}
