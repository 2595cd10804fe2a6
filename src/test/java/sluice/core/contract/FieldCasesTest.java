package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Specs with mistakes that people really make, and the right answer to each. {@code cases.tsv} has one expectation a line;
 * files under {@code shared} are elsewhere and not always at hand.
 */
class FieldCasesTest {
    private static final Path FOLDER = Path.of("src/test/resources/field");
    private static final Path SHARED = Path.of("../shared/field");

    /**
     * @param severity {@code none}: there is no finding with that code; all lines of a file name its only errors
     * @param words what message, expectation and suggestion together contain
     */
    record Case(String file, String druid, String severity, String code, String pointer, String words) {
        static Case of(String line) {
            String[] columns = (line + "\t\t").split("\t", -1);
            return new Case(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]);
        }

        List<Finding> findings() throws IOException {
            Path path = file.startsWith("shared/")
                    ? SHARED.resolve(file.substring("shared/".length()))
                    : FOLDER.resolve(file);
            assumeTrue(Files.exists(path), "not at hand");
            return Contract.forDruid(druid).check(Files.readString(path));
        }
    }

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(FOLDER.resolve("cases.tsv")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Case::of);
    }

    static Stream<Case> positive() throws IOException {
        return cases().filter(expected -> !expected.severity().equals("none"));
    }

    static Stream<Case> negative() throws IOException {
        return cases().filter(expected -> expected.severity().equals("none"));
    }

    @ParameterizedTest
    @MethodSource("positive")
    void theRightAnswerIsGiven(Case expected) throws IOException {
        // When
        List<Finding> findings = expected.findings();

        // Then
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo(expected.code());
            assertThat(finding.pointer()).isEqualTo(expected.pointer());
            assertThat(finding.severity().name()).isEqualToIgnoringCase(expected.severity());
            assertThat(finding.message() + " | " + finding.expected() + " | " + finding.suggestion())
                    .contains(expected.words());
        });
    }

    @ParameterizedTest
    @MethodSource("negative")
    void whatIsRightHasNoSuchFinding(Case expected) throws IOException {
        // When
        List<Finding> findings = expected.findings();

        // Then
        assertThat(findings).extracting(Finding::code).doesNotContain(expected.code());
    }

    /** The errors are those that the table lists, and no other. */
    @ParameterizedTest
    @MethodSource("positive")
    void nothingElseIsAnError(Case expected) throws IOException {
        // Given
        List<String> listed = positive()
                .filter(other ->
                        other.file().equals(expected.file()) && other.druid().equals(expected.druid()))
                .map(other -> other.code() + " " + other.pointer())
                .toList();

        // When
        List<Finding> findings = expected.findings();

        // Then
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .extracting(finding -> finding.code() + " " + finding.pointer())
                .isSubsetOf(listed);
    }
}
