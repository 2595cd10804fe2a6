package sluice.simulation.world;

import org.junit.jupiter.api.Test;

/** A backfill of two windows, and each of its calls to the outside is the last one of its process once, or fails. */
class BackfillEveryCallIT {

    @Test
    void aBackfillSurvivesAFaultAtEachOfItsCalls() {
        // When
        FaultAtEachCall faults = new FaultAtEachCall(1).of(FaultyBackfill::run);

        // Then
        faults.assertRightEnds("backfill", 300);
    }
}
