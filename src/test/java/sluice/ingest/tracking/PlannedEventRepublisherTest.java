package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.event.CloudEvent;

class PlannedEventRepublisherTest {

    private final IngestFixture fixture = new IngestFixture();
    private final PlannedEventRepublisher republisher = fixture.bean(PlannedEventRepublisher.class);

    @Test
    void theEventIsTheSameAsBefore() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.clock.advance(Duration.ofMinutes(2));

        // When
        send(run);

        // Then
        assertThat(fixture.bus.taken()).extracting(CloudEvent::id).hasSize(2);
        assertThat(fixture.bus.taken().get(1).id())
                .isEqualTo(fixture.bus.taken().get(0).id());
        assertThat(fixture.stored(run).state()).isEqualTo(run.state());
    }

    @Test
    void theEventOfAWaitingRunSaysPlanned() {
        // Given
        Run holder = fixture.inDruid(IngestFixture.definition("replace"), "a.json", 3);
        Run waiting = fixture.inDruid(IngestFixture.definition("replace"), "b.json", 3);

        // When
        send(waiting);

        // Then
        assertThat(fixture.stored(holder).state()).isInstanceOf(RunState.Submitted.class);
        assertThat(fixture.stored(waiting).state()).isInstanceOf(RunState.Waiting.class);
        assertThat(fixture.events()).endsWith("sluice.run.planned");
    }

    @Test
    void pausesGrow() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        List<Duration> pauses = new ArrayList<>();

        // When
        for (int time = 0; time < 4; time++) {
            Instant now = fixture.clock.instant();
            send(fixture.stored(run));
            Instant due = fixture.stored(run).dueAt();
            pauses.add(Duration.between(now, due));
            fixture.clock.advance(Duration.between(now, due));
        }

        // Then
        assertThat(pauses).isSorted();
        assertThat(fixture.stored(run).setbacks()).isEqualTo(4);
    }

    @Test
    void aRunThatHasMovedOnIsLeftAlone() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        Run submitted = fixture.submitted(run);

        // When
        send(run);

        // Then
        assertThat(fixture.stored(run)).isEqualTo(submitted);
    }

    @Test
    void theEventsOfManyRunsAreSentInTens() {
        // Given
        List<Run> runs = new ArrayList<>();
        for (int day = 1; day <= 25; day++) {
            runs.add(fixture.planned(
                    IngestFixture.definition("replace"),
                    IngestFixture.day("2026-01-%02d".formatted(day)),
                    "a.json",
                    3));
        }
        int before = fixture.bus.calls().size();

        // When
        republisher.send(runs, fixture.clock.instant().plusSeconds(45));

        // Then
        assertThat(fixture.bus.calls().subList(before, fixture.bus.calls().size()))
                .containsExactly(10, 10, 5);
        assertThat(fixture.runs()).allMatch(run -> run.setbacks() == 1);
    }

    private void send(Run run) {
        republisher.send(List.of(run), fixture.clock.instant().plusSeconds(45));
    }
}
