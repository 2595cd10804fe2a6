package sluice.govern.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.ReadResult;

class EvolutionTest {

    private static final List<ColumnDrift.New> COLUMNS = List.of(
            new ColumnDrift.New("language", "/schema/dimensionsSpec", ColumnKind.STRING),
            new ColumnDrift.New("size", "/schema/dimensionsSpec", ColumnKind.LONG),
            new ColumnDrift.New("tags", "/schema/dimensionsSpec", ColumnKind.ARRAY),
            new ColumnDrift.New("geo", "/schema/dimensionsSpec", ColumnKind.JSON));
    private static final String YAML =
            """
            # Edits of a wiki
            apiVersion: sluice/v1
            datasource: edits
            clusters: [main]
            schema:
              timestampSpec: {column: time, format: auto}
              dimensionsSpec: {dimensions: [channel]}
              granularitySpec: {segmentGranularity: DAY, rollup: false}
            batch:
              source: {type: s3, bucket: "${BUCKET}", prefix: edits/, timeChunk: "'dt='yyyy-MM-dd"}
              mode: append
              trigger: {on: object, settle: PT0S}
              expect: {rows: {min: 1}}
            drift: evolve
            """;
    private static final Map<String, String> VARIABLES = Map.of("BUCKET", "landing");

    @Test
    void onlyTheDimensionsGrowAndVariablesStay() {
        // Given
        ObjectNode wanted = read(YAML).document();
        Evolution.add(wanted, COLUMNS);

        // When
        String text = Evolution.text(YAML, COLUMNS).orElseThrow();

        // Then
        assertThat(text).contains("${BUCKET}").doesNotContain("landing");
        assertThat(read(text).document().path("schema")).isEqualTo(wanted.path("schema"));
        assertThat(wanted.at("/schema/dimensionsSpec/dimensions").toString())
                .isEqualTo("[\"channel\",\"language\",{\"type\":\"long\",\"name\":\"size\"},"
                        + "{\"type\":\"auto\",\"name\":\"tags\"},{\"type\":\"json\",\"name\":\"geo\"}]");
    }

    @Test
    void jsonStaysJson() {
        // Given
        String json = read(YAML).document().toString();

        // When
        String text = Evolution.text(json, COLUMNS).orElseThrow();

        // Then
        assertThat(text).startsWith("{").contains("\"language\"");
    }

    @Test
    void whatIsNoDocumentDoesNotEvolve() {
        assertThat(Evolution.text("- a list", COLUMNS)).isEmpty();
    }

    private static Definition read(String text) {
        ReadResult result = DefinitionReader.read(text, text.startsWith("{") ? "edits.json" : "edits.yaml", VARIABLES);
        assertThat(result).as("%s", result.findings()).isInstanceOf(ReadResult.Valid.class);
        return ((ReadResult.Valid) result).definition();
    }
}
