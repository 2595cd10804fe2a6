package sluice.govern.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.platform.druid.StreamCounts;
import sluice.platform.druid.SupervisorStatus;
import sluice.platform.event.CloudEvent;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;

class StreamWatchTest {

    private static final String TEXT = GovernWorld.text(
            "wiki",
            "stream: [{type: kafka, topic: edits, consumerProperties: {bootstrap.servers: \"localhost:9092\"}}]");
    private static final Duration NEXT = Duration.ofMinutes(6);
    private static final SupervisorStatus ILL =
            new SupervisorStatus("UNHEALTHY_SUPERVISOR", "UNABLE_TO_CONNECT_TO_STREAM", false, List.of("no broker"));
    private static final SupervisorStatus RUNNING = new SupervisorStatus("RUNNING", "RUNNING", true, List.of());

    private final GovernWorld world = new GovernWorld();

    StreamWatchTest() {
        world.druid().send("edits", "0", 100);
        world.apply(TEXT);
        world.tickAfter(Duration.ofMinutes(1));
        world.tickAfter(Duration.ofMinutes(1));
    }

    @Test
    void aHealthyStreamMakesNoNews() {
        // When
        world.tickAfter(NEXT).tickAfter(NEXT);

        // Then
        assertThat(types()).isEmpty();
        assertThat(view().health()).isEqualTo("healthy");
        assertThat(view().lag()).isZero();
        assertThat(view().partitions()).containsExactly(new StreamView.Partition("0", 100, 100L, 0L));
    }

    @Test
    void anUnhealthyStreamIsReportedOnceAndSoIsItsRecovery() {
        // Given
        world.tickAfter(NEXT);
        world.druid().supervisorStatus("wiki", ILL);

        // When
        world.tickAfter(NEXT).tickAfter(NEXT);
        List<String> ill = types();
        world.druid().supervisorStatus("wiki", RUNNING);
        world.tickAfter(NEXT).tickAfter(NEXT);

        // Then
        assertThat(ill).containsExactly("sluice.stream.unhealthy");
        assertThat(types()).containsExactly("sluice.stream.unhealthy", "sluice.stream.recovered");
        CloudEvent event = world.last("sluice.stream.unhealthy").orElseThrow();
        assertThat(event.subject()).isEqualTo("main/wiki");
        assertThat(event.data().path("reason").asText()).isEqualTo("it is UNHEALTHY_SUPERVISOR: no broker");
    }

    @Test
    void aStreamWhoseTasksFailIsUnhealthy() {
        // Given
        world.druid().fates(task -> Fate.FAILS);
        for (int number = 0; number < 3; number++) {
            world.druid().others().stream("wiki", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 1));
            world.druid().settle();
        }

        // When
        world.tickAfter(NEXT);

        // Then
        assertThat(types()).containsExactly("sluice.stream.unhealthy");
    }

    @Test
    void aLagThatDoesNotShrinkIsReported() {
        // Given
        world.tickAfter(NEXT);
        world.druid().streamReads(false);
        world.druid().send("edits", "0", 200_000);

        // When
        world.tickAfter(NEXT);
        List<String> early = types();
        world.tickAfter(NEXT).tickAfter(NEXT).tickAfter(NEXT);
        List<String> late = types();
        world.druid().streamReads(true);
        world.tickAfter(NEXT);

        // Then
        assertThat(early).isEmpty();
        assertThat(late).containsExactly("sluice.stream.lagging");
        assertThat(types()).containsExactly("sluice.stream.lagging", "sluice.stream.recovered");
        assertThat(world.last("sluice.stream.lagging")
                        .orElseThrow()
                        .data()
                        .path("lag")
                        .asLong())
                .isGreaterThan(100_000);
    }

    @Test
    void aSuspendedStreamMakesNoNewsHoweverFarItIsBehind() {
        // Given
        world.druid().streams().suspend("wiki");
        world.druid().send("edits", "0", 200_000);

        // When
        world.tickAfter(NEXT).tickAfter(NEXT).tickAfter(NEXT).tickAfter(NEXT);

        // Then
        assertThat(types()).isEmpty();
        assertThat(view().state()).isEqualTo("SUSPENDED");
    }

    @Test
    void publicationsAreSeenAndParseErrorsAreCounted() {
        // Given
        world.tickAfter(NEXT);
        world.druid().send("edits", "0", 5);
        world.druid().streams().handOff("wiki", List.of(0));
        world.tickAfter(NEXT);
        world.druid().send("edits", "0", 5);
        world.druid().streams().handOff("wiki", List.of(0));
        world.druid().streamCounts(new StreamCounts(List.of(0), 7, 1, 2, 3));

        // When
        world.tickAfter(NEXT);

        // Then
        assertThat(view().lastPublication()).isEqualTo(world.now());
        assertThat(view().counts()).isEqualTo(new StreamView.Counts(7, 1, 2, 3));
    }

    @Test
    void messagesThatDruidHasPassedOverByItselfAreToldOnce() {
        // Given
        world.tickAfter(NEXT);
        world.druid().send("edits", "0", 1_000);
        world.druid().skip("wiki", "0", 100, 900);

        // When
        world.tickAfter(NEXT);
        Instant seenAt = world.now();
        world.tickAfter(NEXT);

        // Then
        assertThat(types()).containsExactly("sluice.stream.skipped");
        assertThat(world.last("sluice.stream.skipped").orElseThrow().data().path("partitions"))
                .hasToString("[{\"partition\":\"0\",\"from\":100,\"to\":900,\"messages\":800}]");
        assertThat(view().passedOver()).containsExactly(new PassedOver("0", 100, 900, 800, seenAt));
        assertThat(view().health()).isEqualTo("healthy");
    }

    @Test
    void asLongAsNoTaskGoesOnNothingIsPassedOver() {
        // Given
        world.tickAfter(NEXT);
        world.druid().skip("wiki", "0", 100, 100);

        // When
        world.tickAfter(NEXT);

        // Then
        assertThat(types()).isEmpty();
        assertThat(view().passedOver()).isNull();
    }

    @Test
    void aSecondGapOfAPartitionTakesThePlaceOfTheFirst() {
        // Given
        world.tickAfter(NEXT);
        world.druid().skip("wiki", "0", 100, 900);
        world.tickAfter(NEXT);
        world.druid().skip("wiki", "0", 950, 1_000);

        // When
        world.tickAfter(NEXT);

        // Then
        assertThat(types()).containsExactly("sluice.stream.skipped", "sluice.stream.skipped");
        assertThat(view().passedOver()).containsExactly(new PassedOver("0", 950, 1_000, 50, world.now()));
    }

    private List<String> types() {
        return world.world().events().stream()
                .map(CloudEvent::type)
                .filter(type -> type.startsWith("sluice.stream."))
                .toList();
    }

    private StreamView view() {
        return world.bean(StreamViews.class).of(world.read(TEXT)).get(0);
    }
}
