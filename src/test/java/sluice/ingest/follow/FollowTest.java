package sluice.ingest.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.tracking.Cancellation;

class FollowTest {

    private final IngestFixture fixture = new IngestFixture();
    private final List<String> called = new ArrayList<>();

    @Test
    void everyFollowUpSeesTheRunInItsOrder() {
        // Given
        Run run = fixture.available(fixture.planned("replace", "a.json", 3));
        Follow follow = follow(named("first"), named("second"));

        // When
        follow.ended(run.id());

        // Then
        assertThat(called).containsExactly("first Available", "second Available");
    }

    @Test
    void aRunThatGoesOnHasNoFollowUp() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);

        // When
        follow(named("first")).ended(run.id());

        // Then
        assertThat(called).isEmpty();
    }

    @Test
    void anUnknownRunHasNoFollowUp() {
        // When
        follow(named("first")).ended("unknown");

        // Then
        assertThat(called).isEmpty();
    }

    @Test
    void theStoredStateCounts() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.bean(Cancellation.class).cancel(run.id(), "not needed");

        // When
        follow(named("first")).ended(run.id());

        // Then
        assertThat(run.state()).isInstanceOf(RunState.Planned.class);
        assertThat(called).containsExactly("first Cancelled");
    }

    @Test
    void aFollowUpThatFailsDoesNotStopTheOthers() {
        // Given
        Run run = fixture.available(fixture.planned("replace", "a.json", 3));
        Follow follow = follow(failing("one"), named("second"), failing("two"), named("third"));

        // When
        Throwable failure = catchThrowable(() -> follow.ended(run.id()));

        // Then
        assertThat(called).containsExactly("second Available", "third Available");
        assertThat(failure).hasMessage("one");
        assertThat(failure.getSuppressed()).singleElement().satisfies(second -> assertThat(second)
                .hasMessage("two"));
    }

    private Follow follow(RunFollowUp... followUps) {
        return new Follow(fixture.bean(RunStore.class), List.of(followUps));
    }

    private RunFollowUp named(String name) {
        return run -> called.add(name + " " + run.state().label());
    }

    private static RunFollowUp failing(String message) {
        return run -> {
            throw new IllegalStateException(message);
        };
    }
}
