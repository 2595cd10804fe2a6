package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.contract.Finding;

class ProblemTest {

    @Test
    void onlyErrorsAreNamed() {
        // Given
        List<Finding> findings = List.of(
                Finding.warning("SLU-1", "/a", "odd", null, null), Finding.error("SLU-2", "/b", "wrong", null, null));

        // When
        Problem problem = Problem.refused(Problem.Code.CONTRACT, findings);

        // Then
        assertThat(problem).isEqualTo(new Problem(Problem.Code.CONTRACT, "SLU-2 /b: wrong"));
    }

    @ParameterizedTest
    @CsvSource({"5, false", "7, true"})
    void manyErrorsAreCounted(int errors, boolean more) {
        // Given
        Stream<Finding> findings = IntStream.range(0, errors)
                .mapToObj(number -> Finding.error("SLU-" + number, "/a", "wrong", null, null));

        // When
        Problem problem = Problem.refused(Problem.Code.CONTRACT, findings.toList());

        // Then
        assertThat(problem.message())
                .startsWith("SLU-0 /a: wrong; ")
                .contains("SLU-4")
                .doesNotContain("SLU-5");
        assertThat(problem.message().endsWith("; and 2 more")).isEqualTo(more);
    }

    @Test
    void aCauseWithoutAMessageIsNamed() {
        // When
        Problem problem = Problem.of(Problem.Code.UNREACHABLE, new IllegalStateException());

        // Then
        assertThat(problem.message()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void aCauseSpeaksForItself() {
        // When
        Problem problem = Problem.of(Problem.Code.UNREACHABLE, new IllegalStateException("down"));

        // Then
        assertThat(problem).isEqualTo(new Problem(Problem.Code.UNREACHABLE, "down"));
    }
}
