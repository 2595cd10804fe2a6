package sluice.simulation.world;

import org.junit.jupiter.api.Test;

/** A backfill and a fault at one of its calls, over a sample of what {@link BackfillEveryCallIT} tries. */
class BackfillEveryCallTest {

    @Test
    void aBackfillSurvivesAFaultAtOneOfItsCalls() {
        // When
        FaultAtEachCall faults = new FaultAtEachCall(25).of(FaultyBackfill::run);

        // Then
        faults.assertRightEnds("backfill", 12);
    }
}
