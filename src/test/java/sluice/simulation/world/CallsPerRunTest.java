package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import sluice.ingest.DefinitionText;
import sluice.simulation.druid.InputRows;

/**
 * What a run asks of AWS and of Druid: the inputs of {@code docs/cost.md}. {@code ./mvnw test -Dtest=CallsPerRunTest
 * -Dcosts=print} prints them.
 */
class CallsPerRunTest {

    private static final int RUNS = 20;
    private static final int FILES = 200;

    @Test
    void aRunOfOneFileNeedsFewCalls() {
        // Given
        World world = world();
        CallCounter counter = new CallCounter(world);

        // When
        for (int run = 0; run < RUNS; run++) {
            upload(world, run, 1);
            world.settle(8);
        }

        // Then
        print("One run of one file", counter, RUNS, world);
        assertThat(available(world)).isEqualTo(RUNS);
        assertThat(counter.writeUnits() / RUNS).isLessThan(150);
        assertThat(counter.readUnits() / RUNS).isLessThan(150);
        assertThat(counter.calls("EventBus") / RUNS).isLessThan(15);
    }

    @Test
    void aFurtherFileOfARunCostsAFewUnits() {
        // Given
        World world = world();
        CallCounter counter = new CallCounter(world);

        // When
        upload(world, 0, FILES);
        world.settle(10);

        // Then
        print("One run of " + FILES + " files, a file", counter, FILES, world);
        assertThat(available(world)).isEqualTo(1);
        assertThat(counter.writeUnits() / FILES).isLessThan(20);
    }

    @Test
    void anIdleTickReadsOnce() {
        // Given
        World world = world();
        world.settle(3);
        CallCounter counter = new CallCounter(world);

        // When
        world.settle(60);

        // Then
        print("An idle tick", counter, 60, world);
        assertThat(counter.calls().getOrDefault("StateTable.due", 0)).isEqualTo(60);
        assertThat(counter.writeUnits()).isLessThan(60);
    }

    private static World world() {
        World world = new World();
        world.define(
                "wiki",
                new DefinitionText("wiki")
                        .batch("inputFormat", "{type: json}")
                        .batch("partitions", "{type: dynamic}")
                        .toString());
        return world;
    }

    /** Files of one day, each run of another day. */
    private static void upload(World world, int day, int files) {
        Instant time = Instant.parse("2026-01-01T03:00:00Z").plus(Duration.ofDays(day));
        for (int file = 0; file < files; file++) {
            world.upload(
                    "wiki/dt=%s/%d.json".formatted(time.toString().substring(0, 10), file), InputRows.at(time, 10));
        }
    }

    private static long available(World world) {
        return world.events().stream()
                .filter(event -> event.type().equals("sluice.run.available"))
                .count();
    }

    private static void print(String what, CallCounter counter, int by, World world) {
        if (!"print".equals(System.getProperty("costs"))) {
            return;
        }
        StringBuilder text = new StringBuilder(what).append(":\n");
        line(text, "units of writing", counter.writeUnits(), by);
        line(text, "units of reading", counter.readUnits(), by);
        new TreeMap<>(counter.calls()).forEach((call, count) -> line(text, call, count, by));
        Map<String, Integer> events = new TreeMap<>();
        world.events().forEach(event -> events.merge("event " + event.type(), 1, Integer::sum));
        events.forEach((type, count) -> line(text, type, count, by));
        System.out.println(text);
    }

    private static void line(StringBuilder text, String name, long count, int by) {
        text.append(String.format(Locale.ROOT, "  %-44s %8.2f%n", name, (double) count / by));
    }
}
