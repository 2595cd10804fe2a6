package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import sluice.ingest.DefinitionText;
import sluice.simulation.druid.InputRows;

/** The world turns: a file becomes rows. */
class WorldTest {

    @Test
    void aFileBecomesRows() {
        // Given
        World world = new World();
        world.define(
                "wiki",
                new DefinitionText("wiki")
                        .batch("inputFormat", "{type: json}")
                        .batch("partitions", "{type: dynamic}")
                        .toString());

        // When
        world.upload("wiki/dt=2026-02-01/a.json", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 10));
        world.settle(15);

        // Then
        assertThat(world.druid().servedRows("wiki"))
                .as(world.story().toString())
                .containsEntry(World.LANDING + "/wiki/dt=2026-02-01/a.json", 10L);
        assertThat(world.events())
                .extracting(event -> event.type())
                .containsSubsequence("sluice.run.planned", "sluice.run.submitted", "sluice.run.available");
    }
}
