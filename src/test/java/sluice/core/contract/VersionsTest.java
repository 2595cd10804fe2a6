package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VersionsTest {

    static Stream<String> versions() {
        return Contract.versions().stream();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void goodSpecsAreGoodInEveryVersion(String version) throws IOException {
        try (Stream<Path> files = Files.list(Specs.FOLDER)) {
            for (Path file : files.toList()) {
                // When
                List<Finding> findings = Contract.forDruid(version).check(Files.readString(file));

                // Then
                assertThat(findings).as(file.toString()).noneMatch(finding -> finding.severity() == Severity.ERROR);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "34|supervisor-kafka|\"taskDuration\"|\"lagAggregator\": {\"type\": \"max\"}, \"taskDuration\"",
                "34|supervisor-kafka|\"autoScalerStrategy\"|\"taskCountStart\": 2, \"autoScalerStrategy\"",
                "35|supervisor-kafka|\"autoScalerStrategy\"|\"stopTaskCountRatio\": 0.5, \"autoScalerStrategy\"",
                "35|index-parallel|\"inputFormat\": {|\"inputFormat\": {\"type\": \"lines\"}, \"inputForma\": {",
                "38|index-parallel|\"dataSchema\": {|\"dataSchema\": {\"baseTable\": {\"name\": \"a\"},",
                "38|rules|\"loadForever\"|\"loadPartialForever\"",
            })
    void whatAVersionBroughtIsUnknownBefore(String since, String spec, String before, String after) {
        // Given
        assertThat(Specs.text(spec)).contains(before);
        String text = Specs.text(spec).replace(before, after);
        String earlier = Integer.toString(Integer.parseInt(since) - 1);

        // When
        long found = shapes(earlier, text);
        long later = shapes(since, text);

        // Then
        assertThat(later).isLessThan(found);
        assertThat(shapes("38", text)).isLessThan(found);
    }

    private static long shapes(String version, String text) {
        return Contract.forDruid(version).check(text).stream()
                .filter(finding -> List.of("SLU-1001", "SLU-1005").contains(finding.code()))
                .count();
    }

    @ParameterizedTest
    @CsvSource({"35, 1", "36, 0", "37, 0", "38, 0"})
    void typesAreThoseOfTheVersion(String version, int unknown) {
        // Given
        String text = Specs.text("supervisor-kafka").replace("\"lagBased\"", "\"costBased\"");

        // When
        List<Finding> findings = Contract.forDruid(version).check(text);

        // Then
        assertThat(findings)
                .filteredOn(finding -> finding.code().equals("SLU-1005"))
                .hasSize(unknown);
    }

    @Test
    void aFindingSaysWhichVersionsSchemasItComesFrom() {
        // Given
        String text = "{\"type\": \"kill\", \"dataSource\": \"a\", \"interval\": \"2026-01-01/P1D\", \"limitt\": 3}";

        // When
        List<Finding> derived = Contract.forDruid("35").check(text);
        List<Finding> own = Contract.forDruid("33").check(text);

        // Then
        assertThat(derived.get(0).message()).endsWith("(checked as Druid 33 with the known changes of 35)");
        assertThat(own.get(0).message()).doesNotContain("checked as");
    }

    @ParameterizedTest
    @CsvSource({"33, SLU-1010", "36, SLU-1010", "37, SLU-1015", "38, SLU-1015"})
    void aParserIsRefusedFromDruid37On(String version, String code) throws IOException {
        // When
        List<Finding> findings = Contract.forDruid(version)
                .check(Files.readString(Path.of("src/test/resources/field/parser-good.json")));

        // Then
        assertThat(findings).anySatisfy(finding -> assertThat(finding.code() + finding.pointer())
                .isEqualTo(code + "/spec/dataSchema/parser"));
    }

    @ParameterizedTest
    @CsvSource({"33.0.0, 33", "36.0.1, 36", "38.0.0-SNAPSHOT, 38", "31.0.2, 33", "0.23.0, 33", "41.1.0, 38", "dev, 38"})
    void theContractOfAClusterIsTheNearest(String answered, String version) {
        assertThat(Contract.forCluster(answered).version()).isEqualTo(version);
    }

    @Test
    void anUnknownVersionNamesTheKnownOnes() {
        assertThatThrownBy(() -> Contract.forDruid("32")).hasMessageContaining("33, 34, 35, 36, 37, 38");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theSchemaForEditorsIsComplete(String version) {
        for (String kind : List.of("task", "supervisor", "compactionConfig", "rules")) {
            // When
            JsonNode schema = Contract.forDruid(version).schema(kind);

            // Then
            assertThat(schema.findValuesAsText("$ref")).allSatisfy(reference -> assertThat(
                            schema.at(reference.substring(1)).isObject())
                    .as("%s %s", kind, reference)
                    .isTrue());
        }
    }
}
