package sluice.entry.cli.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.core.contract.Finding;
import sluice.platform.event.EventType;

class EventValidatorTest {

    private static final String EVENT =
            """
            {
              "specversion": "1.0",
              "id": "4f1c",
              "source": "/sluice/default/generate",
              "type": "sluice.run.planned",
              "subject": "main/wiki",
              "time": "2026-01-02T03:04:05Z",
              "datacontenttype": "application/json",
              "dataschema": "urn:sluice:event:sluice.run.planned:1",
              "data": {
                "runId": "abcdefghijklmnopqrstuvwxyz",
                "attempt": 1,
                "kind": "batch",
                "cluster": "main",
                "datasource": "wiki",
                "taskId": "sluice-abc-1",
                "definitionHash": "",
                "specHash": "",
                "intervals": ["2026-01-01T00:00:00Z/2026-01-02T00:00:00Z"],
                "since": "2026-01-02T03:04:05Z",
                "state": "Planned"
              }
            }
            """;

    private final EventValidator validator = new EventValidator();

    @Test
    void aValidEventHasNoFindings() {
        assertThat(validator.validate(EVENT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            "specversion": "1.0"              | "specversion": "0.3"              | SLU-0402 | /specversion      | 2
            "id": "4f1c",                     |                                   | SLU-0402 | ``                | 1
            "time": "2026-01-02T03:04:05Z"    | "time": "yesterday"               | SLU-0402 | /time             | 7
            "type": "sluice.run.planned"      | "type": "sluice.run.imagined"     | SLU-0403 | /type             | 5
            "type": "sluice.run.planned"      | "type": "../events/x"             | SLU-0403 | /type             | 5
            planned:1                         | planned:2                         | SLU-0404 | /dataschema       | 9
            "attempt": 1                      | "attempt": 0                      | SLU-0405 | /data/attempt     | 12
            "cluster": "main",                |                                   | SLU-0405 | /data             | 10
            Z/2026                            | Z-2026                            | SLU-0405 | /data/intervals/0 | 19
            "since": "2026-01-02T03:04:05Z"   | "since": "2026-13-02T03:04:05Z"   | SLU-0405 | /data/since       | 20
            "state": "Planned"                | "state": "Planned", "more": 1     | SLU-0405 | /data             | 10
            "attempt": 1                      | "attempt": 1, "attempt": 1        | SLU-0401 | /data/attempt     | 12
            """)
    void aFindingHasItsPlace(String before, String after, String code, String pointer, int line) {
        // Given
        String text = EVENT.replaceFirst(java.util.regex.Pattern.quote(before), after == null ? "" : after);

        // When
        List<Finding> findings = validator.validate(text);

        // Then
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).code()).isEqualTo(code);
        assertThat(findings.get(0).pointer()).isEqualTo(pointer);
        assertThat(findings.get(0).line()).isEqualTo(line);
    }

    @Test
    void aBatchHasPointersToItsEvents() {
        // Given
        String batch = "[" + EVENT + "," + EVENT.replace("\"attempt\": 1", "\"attempt\": \"1\"") + ", 7]";

        // When
        List<Finding> findings = validator.validate(batch);

        // Then
        assertThat(findings).extracting(Finding::pointer).containsExactly("/1/data/attempt", "/2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = "{\n``\n{} {}\n")
    void aTextThatIsNotOneDocumentIsAFinding(String text) {
        assertThat(validator.validate(text == null ? "" : text))
                .extracting(Finding::code)
                .containsExactly("SLU-0401");
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeHasASchema(EventType type) {
        assertThat(new EventSchemas().data(type.wireName()))
                .get()
                .extracting(EventSchemas.DataSchema::id)
                .isEqualTo(type.schemaId());
    }

    @Test
    void everySchemaIsOfAType() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("infra/events/schemas"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .allSatisfy(type -> assertThat(EventType.of(type)).isPresent());
        }
    }
}
