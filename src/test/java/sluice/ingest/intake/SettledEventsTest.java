package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;
import sluice.ingest.intake.ChunkWaking.Waiting;
import sluice.ingest.run.ParallelExecutor;
import sluice.platform.event.CloudEvent;
import sluice.simulation.InMemoryEventBus;

class SettledEventsTest {

    private static final ChunkId CHUNK = new ChunkId(FEED, DAY);

    private final IngestFixture fixture = new IngestFixture();
    private final ChunkStore chunks = fixture.bean(ChunkStore.class);
    private final SettledEvents settled = fixture.bean(SettledEvents.class);

    @Test
    void theEventNamesTheChunk() {
        // Given
        ChunkState state = touch();

        // When
        send(state);

        // Then
        CloudEvent event = fixture.bus.taken().get(0);
        assertThat(event.type()).isEqualTo("sluice.batch.settled");
        assertThat(event.subject()).isEqualTo("main/wiki");
        assertThat(event.data())
                .hasToString("{\"cluster\":\"main\",\"datasource\":\"wiki\",\"chunkStart\":\"2026-01-01T00:00:00Z\","
                        + "\"chunkEnd\":\"2026-01-02T00:00:00Z\"}");
    }

    @Test
    void aRepeatedEventOfTheSameArrivalsIsTheSameEvent() {
        // Given
        ChunkState state = touch();
        send(state);

        // When
        send(state);
        send(touch());

        // Then
        assertThat(fixture.bus.taken()).hasSize(3);
        assertThat(id(1)).isEqualTo(id(0));
        assertThat(id(2)).isNotEqualTo(id(0));
    }

    @Test
    void theEventIsRepeatedAfterAMinute() {
        // Given
        ChunkState state = touch();

        // When
        send(state);

        // Then
        assertThat(fixture.due()).isEmpty();
        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(fixture.due()).hasSize(1);
    }

    @Test
    void aChunkStaysDueIfTheBusDoesNotConfirm() {
        // Given
        ChunkState state = touch();
        fixture.bus.next(InMemoryEventBus.Fate.UNREACHED);

        // When
        send(state);

        // Then
        assertThat(fixture.due()).hasSize(1);
    }

    private ChunkState touch() {
        return chunks.touch(CHUNK, fixture.clock.instant(), Duration.ZERO);
    }

    private void send(ChunkState state) {
        settled.send(List.of(new Waiting(CHUNK, state)), fixture.bean(ParallelExecutor.class));
    }

    private String id(int event) {
        return fixture.bus.taken().get(event).id();
    }
}
