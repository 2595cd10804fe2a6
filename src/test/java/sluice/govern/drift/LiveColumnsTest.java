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

class LiveColumnsTest {

    private static final String TEXT =
            """
            apiVersion: sluice/v1
            datasource: edits
            clusters: [main]
            schema:
              timestampSpec: {column: time, format: auto}
              dimensionsSpec: {dimensions: [page, %s]}
              metricsSpec: [{type: count, name: rows_read}, %s]
              granularitySpec: {segmentGranularity: DAY, queryGranularity: HOUR, rollup: true}
            """;
    private static final String DIMENSION = "{type: long, name: other}";
    private static final String METRIC = "{type: longSum, name: sum, fieldName: added}";

    @ParameterizedTest
    @CsvSource({
        "string, VARCHAR, true",
        "string, BIGINT, false",
        "long, BIGINT, true",
        "long, VARCHAR, false",
        "double, DOUBLE, true",
        "double, FLOAT, false",
        "float, FLOAT, true",
        "float, DOUBLE, false",
        "json, COMPLEX<json>, true",
        "json, OTHER, true",
        "json, VARCHAR, false",
        "auto, BIGINT, true",
    })
    void aDimensionHasItsSqlType(String type, String live, boolean fits) {
        // Given
        Definition definition =
                DriftCheckTest.definition(TEXT.formatted("{type: %s, name: value}".formatted(type), METRIC));

        // When
        List<Finding> findings = LiveColumns.differences(
                columns(Map.of("page", "VARCHAR", "value", live, "rows_read", "BIGINT", "sum", "BIGINT")), definition);

        // Then
        assertThat(findings).extracting(Finding::severity).isEqualTo(fits ? List.of() : List.of(Severity.WARNING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: longMax, name: m, fieldName: a} | BIGINT | true",
                "{type: doubleSum, name: m, fieldName: a} | DOUBLE | true",
                "{type: floatSum, name: m, fieldName: a} | FLOAT | true",
                "{type: floatSum, name: m, fieldName: a} | DOUBLE | false",
                "{type: hyperUnique, name: m, fieldName: a} | COMPLEX<hyperUnique> | true",
                "{type: hyperUnique, name: m, fieldName: a} | BIGINT | false",
                "{type: filtered, name: m, filter: {type: selector, dimension: page, value: x},"
                        + " aggregator: {type: longSum, name: m, fieldName: a}} | BIGINT | true",
            })
    void aMetricHasItsSqlType(String metric, String live, boolean fits) {
        // Given
        Definition definition = DriftCheckTest.definition(TEXT.formatted(DIMENSION, metric));

        // When
        List<Finding> findings = LiveColumns.differences(
                columns(Map.of("page", "VARCHAR", "other", "BIGINT", "rows_read", "BIGINT", "m", live)), definition);

        // Then
        assertThat(findings).extracting(Finding::severity).isEqualTo(fits ? List.of() : List.of(Severity.WARNING));
    }

    @Test
    void columnsOnOneSideAreReported() {
        // Given
        Definition definition = DriftCheckTest.definition(TEXT.formatted(DIMENSION, METRIC));

        // When
        List<Finding> findings = LiveColumns.differences(
                columns(Map.of("page", "VARCHAR", "rows_read", "BIGINT", "sum", "BIGINT", "old", "VARCHAR")),
                definition);

        // Then
        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.INFO);
        assertThat(findings)
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("'other'"))
                .anyMatch(message -> message.contains("'old'"))
                .hasSize(2);
    }

    private static TreeMap<String, String> columns(Map<String, String> types) {
        return new TreeMap<>(types);
    }
}
