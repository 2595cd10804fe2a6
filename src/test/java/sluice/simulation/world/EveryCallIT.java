package sluice.simulation.world;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One load, and each of its calls to the outside goes wrong once. */
class EveryCallIT {

    /** {@code -Dsimulation.deliveries=3} delivers every message twice and three times as well. */
    private static final int MOST_DELIVERIES = Integer.getInteger("simulation.deliveries", 1);

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aLoadSurvivesAFaultAtEachOfItsCalls(String mode) {
        for (int number = 1; number <= MOST_DELIVERIES; number++) {
            // Given
            int deliveries = number;

            // When
            FaultAtEachCall faults = new FaultAtEachCall(1).of(fault -> FaultyLoad.run(mode, deliveries, fault));

            // Then
            faults.assertRightEnds(mode + ", deliveries of a message: " + deliveries, 200);
        }
    }
}
