package sluice.simulation.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import sluice.platform.objects.StoredObject;
import sluice.simulation.druid.InputRows;

/** A load of two files in which one call goes wrong. */
final class FaultyLoad {

    private static final String DATASOURCE = "wiki";

    private FaultyLoad() {}

    /**
     * Returns what is wrong at the end; empty if nothing is.
     *
     * @param mode replace or append
     * @param deliveries how often each message is delivered
     */
    static String run(String mode, int deliveries, OneFault fault) {
        Workload workload = Workload.calm(mode, 2);
        World world = new World();
        world.define(DATASOURCE, workload.definition(DATASOURCE));
        world.seams().faults(fault);
        for (int number = 0; number < 2; number++) {
            StoredObject object = world.write(
                    "wiki/dt=2026-02-01/f%d.json".formatted(number),
                    InputRows.at(World.day("2026-02-01").start(), 1L << number));
            for (int delivery = 0; delivery < deliveries; delivery++) {
                world.notify(object, Duration.ofSeconds(100L * delivery));
            }
        }
        world.settle(12);
        List<String> wrong = new ArrayList<>();
        if (!world.drain()) {
            wrong.add("it goes on for ever");
        }
        new Invariants(world, DATASOURCE, workload).atTheEnd().forEach(violation -> wrong.add(violation.toString()));
        if (world.druid().servedRows(DATASOURCE).size() != 2) {
            wrong.add("not both files are served: " + world.druid().servedRows(DATASOURCE));
        }
        return String.join("; ", wrong);
    }
}
