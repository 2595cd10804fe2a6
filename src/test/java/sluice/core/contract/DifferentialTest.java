package sluice.core.contract;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract against Druid's own deserialiser, over a sample of what {@link DifferentialIT} compares. */
class DifferentialTest {
    // Kinesis' jar for 33 is not to be had.
    static final List<String> BEYOND_33 = List.of("kinesis");

    // Of the extensions none is to be had for 37: specs with kafka, s3 or sketches are beyond that oracle.
    static final List<String> BEYOND_37 = List.of("kinesis", "kafka", "range", "druid");

    @Test
    void agreesWithDruid33() throws IOException {
        DruidAgreement.assertAgreement(DruidAgreement.ofOwnSpecs("33", 6, BEYOND_33), 60);
    }

    @Test
    void agreesWithDruid37() throws IOException {
        DruidAgreement.assertAgreement(DruidAgreement.ofOwnSpecs("37", 6, BEYOND_37), 30);
    }
}
