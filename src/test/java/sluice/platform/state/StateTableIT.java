package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** The due index of a table of its own: in the sandbox's everything that is due is taken at once. */
@ExtendWith(SandboxExtension.class)
class StateTableIT {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void whatIsDueComesFromAllShardsTheOldestFirstHoweverMuchItIs(Sandbox sandbox) {
        // Given
        StateTable table = table(sandbox, "due-all");
        // More than one page of an answer, which ends at 1 MB.
        String body = "x".repeat(20_000);
        IntStream.range(0, 120)
                .forEach(number -> table.put(item(number).with("body", body).with("dueShard", number % 16)));
        IntStream.range(-9, 0).forEach(number -> table.put(item(number).with("dueShard", -number)));

        // When
        List<Item> due = table.due(NOW, 1_000);

        // Then
        assertThat(due)
                .extracting(item -> item.number("minutesAgo", -1))
                .containsExactlyElementsOf(IntStream.range(0, 120)
                        .mapToObj(number -> 119L - number)
                        .toList());
    }

    @Test
    void noMoreComesThanIsAskedFor(Sandbox sandbox) {
        // Given
        StateTable table = table(sandbox, "due-some");
        IntStream.range(0, 40)
                .forEach(number -> table.put(StateTable.due(item(number), "run-" + number, minutesAgo(number))));

        // When
        List<Item> due = table.due(NOW, 7);

        // Then
        assertThat(due).hasSize(7).doesNotHaveDuplicates();
    }

    private static Item item(int minutesAgo) {
        return Item.at(new Key("item#" + minutesAgo, "item"))
                .with("minutesAgo", minutesAgo)
                .with("dueAt", minutesAgo(minutesAgo));
    }

    private static Instant minutesAgo(int minutes) {
        return NOW.minusSeconds(60L * minutes);
    }

    private static StateTable table(Sandbox sandbox, String name) {
        sandbox.dynamodb().createTable(name);
        return new StateTable(sandbox.dynamodb().client(), name);
    }
}
