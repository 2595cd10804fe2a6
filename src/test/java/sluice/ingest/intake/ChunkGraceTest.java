package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.intake.ChunkFixture.CHUNK;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;

/** A chunk that waits for what is gone. */
class ChunkGraceTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Planner planner = fixture.bean(Planner.class);
    private final ChunkFixture chunk = new ChunkFixture(fixture);

    @Test
    void theObjectsOfAChunkThatIsGivenUpHaveAnOutcome() {
        // Given
        InputObject object = chunk.arrive("a.json");
        planner.plan(CHUNK);
        String atFirst = chunk.entry(object).state();
        fixture.clock.advance(Duration.ofHours(25));

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(atFirst).isEqualTo("Gathering");
        assertThat(chunk.state().isPlanned()).isTrue();
        assertThat(chunk.entry(object).state()).isEqualTo("GivenUp");
        assertThat(chunk.entry(object).error()).isEqualTo("the object has waited for a definition that is gone");
    }

    @Test
    void whatIsGivenUpIsLoadedWithTheNextFile() {
        // Given
        InputObject object = chunk.arrive("a.json");
        planner.plan(CHUNK);
        fixture.clock.advance(Duration.ofHours(25));
        planner.plan(CHUNK);
        fixture.define(IngestFixture.definition("append"));
        InputObject next = chunk.arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(chunk.objects(fixture.run())).containsExactly(object, next);
        assertThat(chunk.runOf(object)).isEqualTo(fixture.run().id());
    }
}
