package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Compares the contract with Druid's own deserialiser over specs that are spoiled at one place. */
final class DruidAgreement {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DruidAgreement() {}

    /**
     * Compares over the project's own specs.
     *
     * @param mutations how many variants of each spec; the first is the spec as it is
     * @param beyond parts of names of specs for which the oracle lacks a jar
     */
    static Comparison ofOwnSpecs(String version, int mutations, List<String> beyond) throws IOException {
        Comparison comparison = new Comparison("Druid " + version + ", mutations", Contract.forDruid(version));
        Oracle oracle = Oracle.of(version);
        try (Stream<Path> files = Files.list(Specs.FOLDER)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (beyond.stream().noneMatch(name::contains)) {
                    mutate(comparison, oracle, Specs.kind(name), name, MAPPER.readTree(file.toFile()), mutations);
                }
            }
        }
        return comparison;
    }

    static Comparison ofExamples(int mutations) throws IOException {
        List<DocumentedExamples.Example> examples = DocumentedExamples.all();
        Comparison comparison =
                new Comparison("Druid 33, documentation's examples with mutations", Contract.forDruid("33"));
        Oracle oracle = Oracle.of("33");
        for (DocumentedExamples.Example example : examples) {
            mutate(comparison, oracle, example.kind(), example.name(), example.document(), mutations);
        }
        return comparison;
    }

    private static void mutate(
            Comparison comparison, Oracle oracle, String kind, String name, JsonNode good, int mutations)
            throws IOException {
        comparison.add(oracle, kind, name + ": as it is", good.toString());
        for (int number = 1; number < mutations; number++) {
            Mutations.Mutant mutant = new Mutations(31L * number + name.hashCode()).of(good);
            comparison.add(
                    oracle, kind, name + ": " + mutant.what(), mutant.document().toString());
        }
    }

    /** What Druid refuses or loses is an error of the contract, and what it keeps whole is none. */
    static void assertAgreement(Comparison comparison, int atLeast) {
        System.out.println(comparison.rates());
        assertThat(comparison.total()).isGreaterThan(atLeast);
        assertSoftly(softly -> {
            softly.assertThat(comparison.refusedMissed())
                    .as("refused by Druid, no error here")
                    .isEmpty();
            softly.assertThat(comparison.droppedMissed())
                    .as("dropped by Druid, no error here")
                    .isEmpty();
            softly.assertThat(comparison.keptFalse())
                    .as("kept whole by Druid, an error here")
                    .isEmpty();
        });
    }
}
