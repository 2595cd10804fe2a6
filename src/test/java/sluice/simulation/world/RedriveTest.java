package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.ingest.DefinitionText;
import sluice.platform.event.CloudEvent;
import sluice.simulation.druid.InputRows;

/**
 * {@code sluice redrive} moves dead letters back. A function may have done the work of a dead letter and died before it
 * acknowledged it; so every message that a load has caused becomes a dead letter here, and comes back after the load.
 */
class RedriveTest {

    private static final String FILE = "wiki/dt=2026-02-01/a.json";
    private static final int RECEIVES_UNTIL_DEAD = 5;

    private final World world = new World();
    private final Map<String, List<String>> delivered = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"append", "replace"})
    void messagesThatHadWorkedLoadNothingTwice(String mode) {
        // Given
        world.define(
                "wiki",
                new DefinitionText("wiki")
                        .batch("inputFormat", "{type: json}")
                        .batch("partitions", "{type: dynamic}")
                        .batch("mode", mode)
                        .toString());
        world.upload(FILE, InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 10));
        for (int minute = 0; minute < 20; minute++) {
            deliverAll();
            world.tick();
            world.druid().advance();
            world.clock().advance(Duration.ofMinutes(1));
        }
        List<String> runs = runs();
        assertThat(world.druid().servedRows("wiki"))
                .as(world.story().toString())
                .containsEntry(World.LANDING + "/" + FILE, 10L);
        assertThat(delivered).containsOnlyKeys("generate", "submit", "follow");

        // When
        delivered.forEach((function, bodies) -> bodies.forEach(body -> die(function, body)));
        world.queues().values().forEach(queue -> queue.redrive(world.clock().instant()));
        world.settle(30);

        // Then
        assertThat(world.queues().values())
                .allSatisfy(queue -> assertThat(queue.deadLetters()).isEmpty())
                .allMatch(Queue::isEmpty);
        assertThat(world.druid().servedRows("wiki")).containsEntry(World.LANDING + "/" + FILE, 10L);
        assertThat(runs()).isEqualTo(runs);
    }

    private void deliverAll() {
        for (Map.Entry<String, Queue> queue : world.queues().entrySet()) {
            List<Queue.Message> visible = queue.getValue().visible(world.clock().instant());
            while (!visible.isEmpty()) {
                delivered
                        .computeIfAbsent(queue.getKey(), any -> new ArrayList<>())
                        .add(visible.get(0).body());
                world.deliver(queue.getKey());
                visible = queue.getValue().visible(world.clock().instant());
            }
        }
    }

    private void die(String function, String body) {
        Queue queue = world.queues().get(function);
        Instant now = world.clock().instant();
        queue.add(body, now);
        Queue.Message message = queue.visible(now).get(0);
        for (int count = 0; count < RECEIVES_UNTIL_DEAD; count++) {
            queue.receive(message, now);
            queue.failed(message);
        }
        assertThat(queue.deadLetters()).contains(body);
    }

    private List<String> runs() {
        return world.events().stream()
                .filter(event -> event.type().equals("sluice.run.submitted"))
                .map(CloudEvent::subject)
                .toList();
    }
}
