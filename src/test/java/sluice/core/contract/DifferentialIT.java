package sluice.core.contract;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The contract against Druid's own deserialiser: over thousands of specs that were spoiled at one place, what Druid refuses
 * or loses is an error here, and what it keeps whole is not.
 */
class DifferentialIT {
    private static final int OF_EACH_EXAMPLE = Integer.getInteger("contract.mutations", 60);

    @Test
    void agreesWithDruid33() throws IOException {
        DruidAgreement.assertAgreement(DruidAgreement.ofOwnSpecs("33", 440, DifferentialTest.BEYOND_33), 5_000);
    }

    @Test
    void agreesWithDruid37() throws IOException {
        DruidAgreement.assertAgreement(DruidAgreement.ofOwnSpecs("37", 120, DifferentialTest.BEYOND_37), 800);
    }

    @Test
    void agreesWithDruid33OnTheExamplesOfItsDocumentation() throws IOException {
        DruidAgreement.assertAgreement(DruidAgreement.ofExamples(OF_EACH_EXAMPLE), 1_000);
    }
}
