package sluice.govern.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Definition;

class CompatibilityCheckTest {

    private static final String TEXT =
            """
            apiVersion: sluice/v1
            datasource: edits
            clusters: [main]
            schema:
              timestampSpec: {column: time, format: auto}
              dimensionsSpec: {dimensions: [channel, page, {type: long, name: size}]}
              metricsSpec: [{type: count, name: rows_read}, {type: longSum, name: total, fieldName: added}]
              granularitySpec: {segmentGranularity: DAY, queryGranularity: HOUR, rollup: true}
            compatibility: %s
            """;

    @ParameterizedTest
    @CsvSource({
        // a column is added
        "channel, 'channel, language', none, false",
        "channel, 'channel, language', full, false",
        // a column is removed
        "'channel, ', '', none, false",
        "'channel, ', '', backward, false",
        "'channel, ', '', forward, true",
        "'channel, ', '', full, true",
        // a column changes its type
        "type: long, type: double, none, false",
        "type: long, type: double, backward, true",
        "type: long, type: double, forward, true",
        "type: longSum, type: doubleSum, full, true",
        // rows are rolled up to less detail, or to more
        "queryGranularity: HOUR, queryGranularity: DAY, backward, false",
        "queryGranularity: HOUR, queryGranularity: DAY, forward, true",
        "queryGranularity: HOUR, queryGranularity: MINUTE, full, false",
    })
    void aModeForbidsWhatBreaksItsQueries(String what, String by, String mode, boolean isForbidden) {
        // Given
        Definition before = DriftCheckTest.definition(TEXT.formatted("none"));
        Definition after = DriftCheckTest.definition(TEXT.formatted(mode).replace(what, by));

        // When
        List<Finding> findings = CompatibilityCheck.of(before, after);

        // Then
        assertThat(Finding.anyError(findings)).isEqualTo(isForbidden);
    }

    @Test
    void whatIsAllowedIsToldAllTheSame() {
        // Given
        Definition before = DriftCheckTest.definition(TEXT.formatted("none"));
        Definition after = DriftCheckTest.definition(TEXT.formatted("none").replace("channel, ", ""));

        // When, Then
        assertThat(CompatibilityCheck.of(before, after))
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void liveColumnsAreComparedByNameAndType() {
        // Given
        Definition definition = DriftCheckTest.definition(TEXT.formatted("none"));
        TreeMap<String, String> live = new TreeMap<>(Map.of(
                "channel", "VARCHAR", "size", "VARCHAR", "rows_read", "BIGINT", "total", "BIGINT", "old", "DOUBLE"));

        // When
        List<Finding> findings = LiveColumns.differences(live, definition);

        // Then
        assertThat(findings)
                .extracting(finding -> finding.severity() + " " + finding.pointer())
                .containsExactlyInAnyOrder(
                        "INFO /schema/dimensionsSpec/dimensions/1",
                        "WARNING /schema/dimensionsSpec/dimensions/2",
                        "INFO /schema");
    }
}
