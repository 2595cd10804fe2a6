package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;
import sluice.platform.state.Key;

class PendingChunksTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Intake intake = fixture.bean(Intake.class);
    private final PendingChunks pending = fixture.bean(PendingChunks.class);

    @Test
    void nothingIsOnItsWay() {
        assertThat(pending.pending(FEED, DAY)).isEmpty();
    }

    @Test
    void filesGather() {
        // Given
        fixture.define(IngestFixture.definition("replace").batch("trigger", "{on: object, settle: PT1M}"));
        intake.arrived(fixture.notification(fixture.upload("a.json", 3)));

        // Then
        assertThat(pending.pending(FEED, DAY)).contains("files gather for it");
    }

    @Test
    void aRunLoadsTheChunk() {
        // Given
        plan();

        // Then
        assertThat(pending.pending(FEED, DAY)).contains("run " + fixture.run().id() + " is Planned");
    }

    @Test
    void aRunThatHasEndedIsNotPending() {
        // Given
        plan();

        // When
        fixture.available(fixture.run());

        // Then
        assertThat(pending.pending(FEED, DAY)).isEmpty();
    }

    @Test
    void aRunThatIsGoneIsNotPending() {
        // Given
        plan();

        // When
        fixture.table.remove(Key.run(fixture.run().id()));

        // Then
        assertThat(pending.pending(FEED, DAY)).isEqualTo(Optional.empty());
    }

    private void plan() {
        fixture.define(IngestFixture.definition("replace"));
        intake.arrived(fixture.notification(fixture.upload("a.json", 3)));
    }
}
