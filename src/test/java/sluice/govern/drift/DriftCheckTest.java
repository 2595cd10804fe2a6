package sluice.govern.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Definition;
import sluice.core.definition.Drift;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.ReadResult;

class DriftCheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT =
            """
            apiVersion: sluice/v1
            datasource: edits
            clusters: [main]
            schema:
              timestampSpec: {column: time, format: auto}
              dimensionsSpec:
                dimensions: [channel, place, {type: long, name: size}]
                dimensionExclusions: [secret]
              transformSpec: {transforms: [{type: expression, name: place, expression: "concat(city, country)"}]}
              metricsSpec: [{type: count, name: rows_read}, {type: doubleSum, name: total, fieldName: price}]
              granularitySpec: {segmentGranularity: DAY, rollup: true}
            """;
    private static final ObservedColumns KNOWN = new ObservedColumns(Map.of(
            "time", ColumnKind.STRING,
            "channel", ColumnKind.STRING,
            "size", ColumnKind.LONG,
            "price", ColumnKind.DOUBLE,
            "user", ColumnKind.STRING));

    @Test
    void whatFilesAlwaysHadIsNoNews() {
        // When, Then
        assertThat(between(KNOWN, KNOWN, true)).isEmpty();
    }

    @Test
    void firstFilesBringNoNewColumns() {
        // Given
        ObservedColumns now = KNOWN.and(new ObservedColumns(Map.of("surprise", ColumnKind.STRING)));

        // When, Then
        assertThat(between(ObservedColumns.NONE, now, true)).isEmpty();
    }

    @Test
    void aColumnThatNobodyNamesIsNew() {
        // Given
        ObservedColumns now = KNOWN.and(new ObservedColumns(
                Map.of("country", ColumnKind.STRING, "secret", ColumnKind.STRING, "language", ColumnKind.STRING)));

        // When, Then
        assertThat(between(KNOWN, now, false))
                .containsExactly(new ColumnDrift.New("language", "/schema/dimensionsSpec", ColumnKind.STRING));
    }

    @Test
    void aMissingColumnNamesTheNearestOneThatNobodyUses() {
        // Given
        ObservedColumns now = new ObservedColumns(Map.of(
                "time", ColumnKind.STRING,
                "chanel", ColumnKind.STRING,
                "size", ColumnKind.LONG,
                "price", ColumnKind.DOUBLE));

        // When, Then
        assertThat(between(KNOWN, now, true))
                .contains(new ColumnDrift.Missing(
                        "channel", "/schema/dimensionsSpec/dimensions/0", true, true, "chanel"));
    }

    @Test
    void aSampleOfSparseRowsProvesNoAbsenceButOfTheTime() {
        // Given
        ObservedColumns now = new ObservedColumns(Map.of("size", ColumnKind.LONG));

        // When
        List<Finding> findings = DriftFindings.of(between(KNOWN, now, false), Drift.FAIL, false);

        // Then
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .extracting(Finding::pointer)
                .containsExactly("/schema/timestampSpec");
        assertThat(findings)
                .extracting(Finding::pointer)
                .contains("/schema/dimensionsSpec/dimensions/0", "/schema/metricsSpec/1/fieldName");
    }

    @Test
    void aNumberThatBecomesTextIsRetypedAndATextThatBecomesANumberIsNot() {
        // Given
        ObservedColumns now = KNOWN.and(new ObservedColumns(Map.of("size", ColumnKind.STRING)));

        // When, Then
        assertThat(between(KNOWN, now, true))
                .containsExactly(new ColumnDrift.Retyped(
                        "size", "/schema/dimensionsSpec/dimensions/2", ColumnKind.LONG, ColumnKind.STRING));
        ObservedColumns numbers = new ObservedColumns(Map.of(
                "time", ColumnKind.LONG,
                "channel", ColumnKind.LONG,
                "size", ColumnKind.LONG,
                "price", ColumnKind.LONG));
        assertThat(between(KNOWN, numbers, true)).isEmpty();
    }

    @Test
    void aScalarThatBecomesAListIsRetyped() {
        // Given
        ObservedColumns now = KNOWN.and(new ObservedColumns(Map.of("channel", ColumnKind.ARRAY)));

        // When, Then
        assertThat(between(KNOWN, now, true))
                .containsExactly(new ColumnDrift.Retyped(
                        "channel", "/schema/dimensionsSpec/dimensions/0", ColumnKind.STRING, ColumnKind.ARRAY));
    }

    @Test
    void anEmptySampleSaysNothing() {
        assertThat(between(KNOWN, ObservedColumns.NONE, true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "1, LONG",
                "true, LONG",
                "1.5, DOUBLE",
                "\"7\", LONG",
                "\"7.5\", DOUBLE",
                "\"7.50\", DOUBLE_TEXT",
                "\"1.10\", DOUBLE_TEXT",
                "\"1e3\", LONG_TEXT",
                "\"01234\", LONG_TEXT",
                "\"+7\", LONG_TEXT",
                "\"-7\", LONG",
                "\"0\", LONG",
                "\"12345678901234567890\", DOUBLE_TEXT",
                "12345678901234567890, DOUBLE_TEXT",
                "\"1e999999999\", DOUBLE_TEXT",
                "\"a7\", STRING",
                "\"\", UNKNOWN",
                "null, UNKNOWN",
                "`[1, 2]`, ARRAY",
                "`{\"a\": 1}`, JSON"
            })
    void kindsOfValues(String json, ColumnKind kind) throws JsonProcessingException {
        assertThat(ColumnKind.of(JSON.readTree(json))).isEqualTo(kind);
    }

    @Test
    void numbersInTextsAreNumbersOnlyIfAllHaveTheSameTextAsNumbers() throws JsonProcessingException {
        // Given
        ColumnKind plain = ColumnKind.of(JSON.readTree("\"7\""));
        ColumnKind zeros = ColumnKind.of(JSON.readTree("\"01234\""));
        ColumnKind decimal = ColumnKind.of(JSON.readTree("\"7.5\""));

        // When, Then
        assertThat(plain.with(zeros).stored()).isEqualTo(ColumnKind.STRING);
        assertThat(zeros.with(plain).with(decimal).stored()).isEqualTo(ColumnKind.STRING);
        assertThat(plain.with(decimal).stored()).isEqualTo(ColumnKind.DOUBLE);
        assertThat(zeros.fits(ColumnKind.LONG)).isTrue();
        assertThat(zeros.with(decimal).fits(ColumnKind.LONG)).isFalse();
        assertThat(zeros.with(decimal).fits(ColumnKind.DOUBLE)).isTrue();
    }

    @Test
    void aColumnOfNullsWaitsForItsFirstValue() {
        // Given
        ObservedColumns nulls = KNOWN.and(new ObservedColumns(Map.of("surprise", ColumnKind.UNKNOWN)));
        ObservedColumns values = KNOWN.and(new ObservedColumns(Map.of("surprise", ColumnKind.LONG)));

        // When, Then
        assertThat(between(KNOWN, nulls, true)).isEmpty();
        assertThat(between(nulls, values, true))
                .containsExactly(new ColumnDrift.New("surprise", "/schema/dimensionsSpec", ColumnKind.LONG));
    }

    @Test
    void aSamplersAnswerShowsColumnsWithTheKindOfAllTheirValues() throws JsonProcessingException {
        // Given
        JsonNode answer = JSON.readTree(
                """
                {"data": [
                  {"parsed": {"__time": 1, "size": 1, "note": null}},
                  {"parsed": {"__time": 1, "size": 1.5, "note": null}},
                  {"unparseable": true, "error": "no"}]}""");

        // When, Then
        assertThat(ObservedColumns.of(answer).kinds())
                .containsExactlyInAnyOrderEntriesOf(Map.of("size", ColumnKind.DOUBLE, "note", ColumnKind.UNKNOWN));
    }

    private static List<ColumnDrift> between(ObservedColumns known, ObservedColumns now, boolean isTabular) {
        return DriftCheck.between(DeclaredColumns.of(definition(TEXT)), known, now, isTabular);
    }

    static Definition definition(String text) {
        ReadResult result = DefinitionReader.read(text, "edits.yaml", Map.of());
        assertThat(result.findings())
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .isEmpty();
        return ((ReadResult.Valid) result).definition();
    }
}
