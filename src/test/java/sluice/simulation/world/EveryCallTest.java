package sluice.simulation.world;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One load and a fault at one of its calls, over a sample of what {@link EveryCallIT} tries. */
class EveryCallTest {

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aLoadSurvivesAFaultAtOneOfItsCalls(String mode) {
        // When
        FaultAtEachCall faults = new FaultAtEachCall(12).of(fault -> FaultyLoad.run(mode, 1, fault));

        // Then
        faults.assertRightEnds(mode, 20);
    }
}
