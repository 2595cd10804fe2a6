package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.platform.event.CloudEvent;
import sluice.simulation.druid.InputRows;

/**
 * A submitter dies between the POST and the write that says so, and another file of the time chunk arrives. The run whose task is
 * posted must not be superseded: its task would go on, and nobody would follow it.
 */
class SupersededRunTest {

    private static final Workload WORKLOAD = Workload.calm("replace", 2);

    @Test
    void aRunWhoseTaskIsPostedIsNotSuperseded() {
        // When
        List<Violation> wrong = after(Planted.NONE);

        // Then
        assertThat(wrong).isEmpty();
    }

    @Test
    void theSimulatedWorldSeesARunThatIsSupersededNevertheless() {
        // Given
        Planted fault = PlantedFault.POSTED_RUN_SUPERSEDED.plant();

        // When
        List<Violation> wrong = after(fault);

        // Then
        assertThat(wrong).extracting(Violation::invariant).containsExactly(Invariant.OWNED);
    }

    /** What is wrong once the successor is planned. */
    private static List<Violation> after(Planted planted) {
        World world = new World(Map.of(), planted);
        Invariants invariants = new Invariants(world, History.DATASOURCE, WORKLOAD);
        world.define(History.DATASOURCE, WORKLOAD.definition(History.DATASOURCE));
        arrive(world, 0);
        world.seams()
                .faults(point -> point.call().equals("DruidTasks.submit") && point.when() == IoPoint.When.AFTER
                        ? Fault.KILL
                        : Fault.NONE);
        world.deliver("submit");
        world.quiet();
        assertThat(world.druid().metadata().replacing(History.DATASOURCE))
                .as("tasks")
                .hasSize(1);
        arrive(world, 1);
        assertThat(world.events())
                .as("events")
                .filteredOn(SupersededRunTest::isPlanned)
                .hasSize(2);
        return invariants.always();
    }

    /** A file comes, and its run is planned once the time chunk has settled. */
    private static void arrive(World world, int number) {
        world.upload(
                "wiki/dt=2026-02-01/f" + number + ".json",
                InputRows.at(World.day("2026-02-01").start().plusSeconds(60), 1L << number));
        world.deliver("generate");
        world.clock().advance(Duration.ofMinutes(1));
        world.tick();
        world.deliver("generate");
    }

    private static boolean isPlanned(CloudEvent event) {
        return event.type().equals("sluice.run.planned");
    }
}
