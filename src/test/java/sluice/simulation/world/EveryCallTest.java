package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.platform.objects.StoredObject;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Lags;

/**
 * One load, and each of its calls to the outside goes wrong once: the process dies before it or after it, or the call fails
 * before or after its effect. Every message is delivered once, and on demand twice and three times.
 */
class EveryCallTest {

    private static final String DATASOURCE = "wiki";
    private static final int MOST_CALLS = 1_000;

    /** One in every build; {@code -Dsimulation.deliveries=3} tries two and three as well. */
    private static final int MOST_DELIVERIES = Integer.getInteger("simulation.deliveries", 1);

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aLoadSurvivesAFaultAtEachOfItsCalls(String mode) {
        // Given
        List<String> failures = new ArrayList<>();
        int tried = 0;

        // When
        for (int deliveries = 1; deliveries <= MOST_DELIVERIES; deliveries++) {
            for (IoPoint.When when : IoPoint.When.values()) {
                for (Fault fault : List.of(Fault.KILL, Fault.ERROR)) {
                    int call = 1;
                    for (boolean met = true; met && call < MOST_CALLS; call++) {
                        OneFault one = new OneFault(call, when, fault);
                        List<Violation> wrong = run(mode, deliveries, one);
                        met = one.met;
                        tried += met ? 1 : 0;
                        if (!wrong.isEmpty()) {
                            failures.add(one + ", " + deliveries + " deliveries: " + wrong);
                        }
                    }
                }
            }
        }
        System.out.printf("%s: %d faults at calls of one load, %d with a wrong end%n", mode, tried, failures.size());

        // Then
        assertThat(tried).isGreaterThan(200);
        assertThat(failures).isEmpty();
    }

    private static List<Violation> run(String mode, int deliveries, OneFault fault) {
        Workload workload = new Workload(
                mode,
                "PT1M",
                1,
                2,
                0,
                false,
                false,
                false,
                false,
                false,
                0,
                0,
                0,
                0,
                Duration.ZERO,
                Lags.NONE,
                false,
                false);
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
        List<Violation> wrong = new ArrayList<>();
        if (!world.drain()) {
            wrong.add(new Violation(Invariant.REST, "it goes on for ever"));
        }
        wrong.addAll(new Invariants(world, DATASOURCE, workload).atTheEnd());
        if (world.druid().servedRows(DATASOURCE).size() != 2) {
            wrong.add(new Violation(
                    Invariant.ROWS,
                    "not both files are served: " + world.druid().servedRows(DATASOURCE)));
        }
        return wrong;
    }

    /** Goes wrong at one call. */
    private static final class OneFault implements Faults {

        private final int call;
        private final IoPoint.When when;
        private final Fault fault;
        private boolean met;
        private IoPoint point;

        OneFault(int call, IoPoint.When when, Fault fault) {
            this.call = call;
            this.when = when;
            this.fault = fault;
        }

        @Override
        public Fault at(IoPoint now) {
            if (now.number() != call || now.when() != when) {
                return Fault.NONE;
            }
            met = true;
            point = now;
            return fault;
        }

        @Override
        public String toString() {
            return fault + " " + point;
        }
    }
}
