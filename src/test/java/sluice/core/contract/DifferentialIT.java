package sluice.core.contract;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract against Druid's own deserialiser: over thousands of specs that were spoiled at one place, what Druid refuses
 * or loses is an error here, and what it keeps whole is not.
 */
class DifferentialIT {
    // Kinesis' jar for 33 is not to be had.
    private static final List<String> BEYOND_33 = List.of("kinesis");

    // Of the extensions none is to be had for 37: specs with kafka, s3 or sketches are beyond that oracle.
    private static final List<String> BEYOND_37 = List.of("kinesis", "kafka", "range", "druid");

    private static final int OF_EACH_EXAMPLE = Integer.getInteger("contract.mutations", 60);

    @Test
    void agreesWithDruid33() throws IOException {
        DruidAgreement.assertAgreement(DruidAgreement.ofOwnSpecs("33", 440, BEYOND_33), 5_000);
    }

    @Test
    void agreesWithDruid37() throws IOException {
        DruidAgreement.assertAgreement(DruidAgreement.ofOwnSpecs("37", 120, BEYOND_37), 800);
    }

    @Test
    void agreesWithDruid33OnTheExamplesOfItsDocumentation() throws IOException {
        DruidAgreement.assertAgreement(DruidAgreement.ofExamples(OF_EACH_EXAMPLE), 1_000);
    }
}
