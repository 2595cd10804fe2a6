package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The contract against Druid's own deserialiser: over thousands of specs that were spoiled at one place, what Druid refuses
 * or loses is an error here, and what it keeps whole is not.
 */
class DifferentialTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void agreesWithDruid33() throws IOException {
        // Kinesis' jar for 33 is not to be had.
        Comparison comparison = compare("33", 440, List.of("kinesis"));

        assertThat(comparison.total()).isGreaterThan(5_000);
        assertAgreement(comparison);
    }

    @Test
    void agreesWithDruid37() throws IOException {
        // Of the extensions none is to be had for 37: specs with kafka, s3 or sketches are beyond that oracle.
        Comparison comparison = compare("37", 120, List.of("kinesis", "kafka", "range", "druid"));

        assertThat(comparison.total()).isGreaterThan(800);
        assertAgreement(comparison);
    }

    private static void assertAgreement(Comparison comparison) {
        System.out.println(comparison.rates());
        assertThat(comparison.refusedMissed())
                .as("refused by Druid, no error here")
                .isEmpty();
        assertThat(comparison.droppedMissed())
                .as("dropped by Druid, no error here")
                .isEmpty();
        assertThat(comparison.keptFalse().size())
                .as("kept whole by Druid, an error here: %s", comparison.keptFalse())
                .isLessThanOrEqualTo(comparison.kept() / 1000);
    }

    private static Comparison compare(String version, int mutations, List<String> beyond) throws IOException {
        Comparison comparison = new Comparison("Druid " + version + ", mutations", Contract.forDruid(version));
        try (Oracle oracle = new Oracle(version);
                Stream<Path> files = Files.list(Specs.FOLDER)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (beyond.stream().noneMatch(name::contains)) {
                    JsonNode good = MAPPER.readTree(file.toFile());
                    comparison.add(oracle, Specs.kind(name), name + ": as it is", good.toString());
                    for (int number = 1; number < mutations; number++) {
                        Mutations.Mutant mutant = new Mutations(31L * number + name.hashCode()).of(good);
                        comparison.add(
                                oracle,
                                Specs.kind(name),
                                name + ": " + mutant.what(),
                                mutant.document().toString());
                    }
                }
            }
        }
        return comparison;
    }
}
