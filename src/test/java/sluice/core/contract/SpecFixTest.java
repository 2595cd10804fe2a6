package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.json.UnreadableTextException;

class SpecFixTest {
    private static final Contract CONTRACT = Contract.forDruid("33");
    private static final Path FIELD = Path.of("src/test/resources/field");

    /** Has what neither lint nor fix complains about: a kill task. */
    private static String kill(String members) {
        return "{\n  \"type\": \"kill\",\n  \"dataSource\": \"clicks\",\n  " + members + "\n}\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elsewhere-far-below",
                "elsewhere-granularity",
                "elsewhere-in-compaction",
                "elsewhere-one-branch-over",
                "elsewhere-stream",
                "firehose-local",
                "firehose-segments",
                "granularity-daily",
                "key-twice",
                "metric-of-no-column",
                "missing-comma",
                "parser-flatten",
                "parser-good",
                "parser-unknown-field",
                "parser-unnamed-dimension",
                "python",
                "removed-harmless",
                "single-quotes",
                "time-format-unix",
                "trailing-commas",
                "type-source",
                "zero-values"
            })
    void whatIsMendedHasNothingLeftToMend(String name) throws Exception {
        // Given
        String text = Files.readString(FIELD.resolve(name + ".json"));

        // When
        SpecFix fix = SpecFix.json(text, CONTRACT);

        // Then
        assertThat(SpecFix.json(fix.text(), CONTRACT).repairs()).isEmpty();
        assertThat(SpecFix.json(fix.text(), CONTRACT).text()).isEqualTo(fix.text());
        assertThat(CONTRACT.check(fix.text()).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .count())
                .isLessThanOrEqualTo(CONTRACT.check(text).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elsewhere-granularity",
                "firehose-local",
                "granularity-daily",
                "missing-comma",
                "removed-harmless",
                "single-quotes",
                "type-source"
            })
    void theResultIsFreeOfErrors(String name) throws Exception {
        // When
        SpecFix fix = SpecFix.json(Files.readString(FIELD.resolve(name + ".json")), CONTRACT);

        // Then
        assertThat(Finding.anyError(CONTRACT.check(fix.text())))
                .as("%s%n%s", CONTRACT.check(fix.text()), fix.text())
                .isFalse();
    }

    @Test
    void layoutStaysAroundTheChange() throws UnreadableTextException {
        // Given
        String text = kill(
                "\"intervall\" :   \"2026-01-01/2026-02-01\",\n\n  \"context\": { \"priority\":5,\"a\": [1,\n2] }");

        // When
        SpecFix fix = SpecFix.json(text, CONTRACT);

        // Then
        assertThat(fix.text()).isEqualTo(text.replace("intervall", "interval"));
    }

    @Test
    void whatOnlyAPersonCanDecideStays() throws UnreadableTextException {
        // Given
        String text = kill("\"interval\": \"2026-01-01/2026-02-01\", \"intervall\": \"2025-01-01/2026-02-01\"");

        // When
        SpecFix fix = SpecFix.json(text, CONTRACT);

        // Then
        assertThat(fix.text()).isEqualTo(text);
    }

    @Test
    void commentsGoFromJsonWhichHasNone() throws UnreadableTextException {
        // Given
        String text = kill(
                "// all of January, really\n  \"interval\": \"2026-01-01/2026-02-01\", # yes\n  \"batchSize\": 100,");

        // When
        SpecFix fix = SpecFix.json(text, CONTRACT);

        // Then
        assertThat(fix.text()).isEqualTo(kill("\"interval\": \"2026-01-01/2026-02-01\",\n  \"batchSize\": 100"));
        assertThat(CONTRACT.check(fix.text())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "batchSize: '7'  # few|batchSize: 7  # few",
                "batchSiz: 7 # few|batchSize: 7 # few",
                "\"batchSiz\": 7|\"batchSize\": 7",
                "'batchSiz': 7|'batchSize': 7",
            })
    void yamlKeepsItsComments(String before, String after) throws UnreadableTextException {
        // Given
        String yaml = "# every month\ntype: kill\ndataSource: clicks # the big one\ninterval: 2026-01-01/2026-02-01\n";

        // When
        SpecFix fix = SpecFix.yaml(yaml + before + "\n", CONTRACT);

        // Then
        assertThat(fix.text()).isEqualTo(yaml + after + "\n");
    }

    @Test
    void aMoveInYamlTakesItsCommentAlong() throws UnreadableTextException {
        // Given
        String yaml =
                """
                dataSource: clicks
                tuningConfig:
                  # one segment an hour
                  maxNumSegments: 3
                  # size
                  targetRowsPerSegment: 5000000  # rows
                  partitionsSpec:
                    type: range
                    partitionDimensions: [page]
                """;

        // When
        SpecFix fix = SpecFix.yaml(yaml.replace("  # one segment an hour\n  maxNumSegments: 3\n", ""), CONTRACT);

        // Then
        assertThat(fix.text())
                .isEqualTo(
                        """
                        dataSource: clicks
                        tuningConfig:
                          partitionsSpec:
                            type: range
                            partitionDimensions: [page]
                            # size
                            targetRowsPerSegment: 5000000
                        """);
    }

    @Test
    void whatAnAliasSharesIsNotChanged() throws UnreadableTextException {
        // Given
        String yaml =
                """
                type: kill
                dataSource: clicks
                interval: 2026-01-01/2026-02-01
                context: &shared
                  batchSiz: 3
                <<: *shared
                """;

        // When
        SpecFix fix = SpecFix.yaml(yaml, CONTRACT);

        // Then
        assertThat(fix.text()).isEqualTo(yaml);
    }

    @Test
    void specsWithoutMistakesStayByteForByte() throws IOException, UnreadableTextException {
        try (var files = Files.list(Specs.FOLDER)) {
            for (Path file : files.toList()) {
                // Given
                String text = Files.readString(file);

                // When
                SpecFix fix = SpecFix.json(text, CONTRACT);

                // Then
                assertThat(fix.text()).as(file.toString()).isEqualTo(text);
            }
        }
    }

    @Test
    void aTypeIsMovedToTheOnlyObjectThatLacksOne() throws Exception {
        // Given
        ObjectNode task = (ObjectNode) new ObjectMapper().readTree(Specs.text("index-parallel"));
        JsonNode good = task.deepCopy();
        ObjectNode metric = (ObjectNode) task.at("/spec/dataSchema/metricsSpec/1");
        ((ObjectNode) task.at("/spec/dataSchema/granularitySpec")).set("type", metric.remove("type"));

        // When
        JsonNode mended = new ObjectMapper()
                .readTree(SpecFix.json(task.toString(), CONTRACT).text());

        // Then
        assertThat(mended.at("/spec/dataSchema/metricsSpec/1/type"))
                .isEqualTo(good.at("/spec/dataSchema/metricsSpec/1/type"));
        assertThat(mended.at("/spec/dataSchema/granularitySpec").has("type")).isFalse();
    }

    /** Druid would take a partitionsSpec without a type for a hashed one, and refuse it. */
    @Test
    void nothingIsMovedIntoAnObjectWhoseTypeSomebodyHasToChoose() throws Exception {
        // Given
        ObjectNode task = (ObjectNode) new ObjectMapper().readTree(Specs.text("index-parallel"));
        ((ObjectNode) task.at("/spec/tuningConfig")).remove(List.of("maxRowsPerSegment", "partitionsSpec"));
        task.put("maxRowsPerSegment", 5_000_000);

        // When
        SpecFix fix = SpecFix.json(task.toString(), CONTRACT);

        // Then
        assertThat(fix.repairs()).isEmpty();
        assertThat(CONTRACT.check(task)).anySatisfy(finding -> {
            assertThat(finding.pointer()).isEqualTo("/maxRowsPerSegment");
            assertThat(finding.suggestion()).contains("/spec/tuningConfig/");
        });
    }

    @Test
    void anAutomaticCompactionIsKnownByAMisspeltDatasourceToo() throws Exception {
        SpecFix fix = SpecFix.json("{\"dataSurce\": \"clicks\", \"skipOffset\": 1}", CONTRACT);

        assertThat(fix.text()).contains("\"dataSource\"");
    }
}
