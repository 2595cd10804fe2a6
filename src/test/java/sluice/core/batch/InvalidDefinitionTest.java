package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.contract.Finding;

class InvalidDefinitionTest {

    private static final Finding ERROR =
            Finding.error("SLU-0005", "/batch/mode", "The key 'mode' is missing", null, null);
    private static final Finding WARNING = Finding.warning("SLU-0012", "/datasource", "unusual", null, null);

    @Test
    void anObjectUnderThePrefixMayBelongToIt() {
        InvalidDefinition definition = InvalidDefinition.of(
                "clicks.yaml", "batch: {source: {prefix: clicks/}, mode: replcae}", List.of(ERROR));

        assertThat(definition.mayOwn("clicks/dt=2026-01-01/a.json")).isTrue();
        assertThat(definition.mayOwn("views/dt=2026-01-01/a.json")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch: {source: {prefix: ''}}",
                "batch: {source: {prefix: 7}}",
                "datasource: clicks",
                "batch: {source: [",
                "\t"
            })
    void nothingBelongsToADefinitionWithoutARecognisablePrefix(String text) {
        assertThat(InvalidDefinition.of("x.yaml", text, List.of(ERROR)).mayOwn("clicks/a.json"))
                .isFalse();
    }

    @Test
    void theSummaryNamesTheFileAndItsErrors() {
        InvalidDefinition definition = InvalidDefinition.of("clicks.yaml", "", List.of(WARNING, ERROR));

        assertThat(definition.summary()).isEqualTo("clicks.yaml: SLU-0005 /batch/mode: The key 'mode' is missing");
    }

    @Test
    void theSummarySaysWhatWouldBeRight() {
        // Given
        Finding range = Finding.error(
                "SLU-0016", "/batch/expect/freshness", "PT1S is out of range", "between PT1M and P3650D", null);
        Finding key = Finding.error("SLU-0003", "/batch/mod", "unknown key", "one of mode, trigger", "mode");

        // When
        String summary = InvalidDefinition.of("x.yaml", "", List.of(range, key)).summary();

        // Then
        assertThat(summary)
                .isEqualTo("x.yaml: SLU-0016 /batch/expect/freshness: PT1S is out of range, expected between PT1M and"
                        + " P3650D; SLU-0003 /batch/mod: unknown key, did you mean mode");
    }

    @Test
    void theSummaryEndsAfterThreeErrors() {
        InvalidDefinition definition = InvalidDefinition.of("x.yaml", "", Collections.nCopies(5, ERROR));

        assertThat(definition.summary().split("SLU-0005")).hasSize(4);
    }
}
