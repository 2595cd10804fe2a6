package sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventType;
import sluice.simulation.InMemoryEventBus.Fate;

class InMemoryEventBusTest {

    private final InMemoryEventBus bus = new InMemoryEventBus();

    @Test
    void takesTenEventsACallInOrder() {
        // When
        List<String> confirmed = bus.publish(events(23));

        // Then
        assertThat(bus.calls()).containsExactly(10, 10, 3);
        assertThat(bus.taken()).isEqualTo(events(23));
        assertThat(confirmed).isEqualTo(ids(0, 23));
    }

    @Test
    void confirmsWhatItTakesBesideWhatItRefuses() {
        // Given
        bus.refuse(event -> event.id().equals("1"));

        // When
        List<String> confirmed = bus.publish(events(3));

        // Then
        assertThat(confirmed).containsExactly("0", "2");
        assertThat(bus.taken()).extracting(CloudEvent::id).containsExactly("0", "2");
    }

    @Test
    void aCallThatDoesNotReachItLeavesTheOthersAlone() {
        // Given
        bus.next(Fate.UNREACHED);

        // When
        List<String> confirmed = bus.publish(events(12));

        // Then
        assertThat(confirmed).containsExactly("10", "11");
        assertThat(bus.taken()).extracting(CloudEvent::id).containsExactly("10", "11");
    }

    @Test
    void mayTakeEventsWithoutTheSenderHearingOfIt() {
        // Given
        bus.next(Fate.ANSWER_LOST);

        // When
        List<String> confirmed = bus.publish(events(2));

        // Then
        assertThat(confirmed).isEmpty();
        assertThat(bus.taken()).hasSize(2);
    }

    @Test
    void whatIsSentAgainIsTakenAgain() {
        // Given
        bus.publish(events(1));

        // When
        bus.publish(events(1));

        // Then
        assertThat(bus.taken()).extracting(CloudEvent::id).containsExactly("0", "0");
    }

    @Test
    void aCallThatIsTooLargeIsRefusedAsAWhole() {
        // Given
        String half = "x".repeat(InMemoryEventBus.MAX_CALL_BYTES / 2);

        // When
        List<String> confirmed = bus.publish(List.of(event("0", half), event("1", half)));

        // Then
        assertThat(confirmed).isEmpty();
        assertThat(bus.taken()).isEmpty();
    }

    @Test
    void aSenderThatDiesAfterTheCallHasSentItsEvents() {
        // Given
        bus.watch(new Calls<>() {
            @Override
            public void after(List<CloudEvent> call) {
                throw new IllegalStateException("killed");
            }
        });

        // When
        assertThatThrownBy(() -> bus.publish(events(2))).hasMessage("killed");

        // Then
        assertThat(bus.taken()).hasSize(2);
    }

    private static List<CloudEvent> events(int count) {
        return ids(0, count).stream().map(id -> event(id, "text")).toList();
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    private static CloudEvent event(String id, String data) {
        return CloudEvent.of(
                EventType.RUN_PLANNED,
                id,
                "/sluice/test/generate",
                "main/web",
                Instant.parse("2026-01-01T00:00:00Z"),
                TextNode.valueOf(data));
    }
}
