package sluice.entry.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.json.CanonicalJson;
import sluice.core.spec.SpecPreview;

/** {@link SpecImportIT} generates from what is imported, and lets Druid compare. */
class SpecImportTest {

    private static final Path CONTRACT = Path.of("src/test/resources/contract");
    private static final Path GOLDEN = Path.of("src/test/resources/spec");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ImportOptions PLAIN = new ImportOptions(List.of("main"), null, null);
    private static final ImportOptions TO_S3 = new ImportOptions(List.of("main"), "s3://landing/x/", "yyyy/MM/dd/HH");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/spec/ioConfig/inputSource                      | {\"type\": \"local\", \"baseDir\": \"/x\", \"filter\": \"*\"} | SLU-0302",
                "/spec/ioConfig/inputSource                      | {\"type\": \"s3\", \"uris\": [\"s3://landing/a.json\"]} | SLU-0302",
                "/spec/dataSchema/granularitySpec/segmentGranularity | \"ALL\" | SLU-0302",
                "/spec/dataSchema/granularitySpec/segmentGranularity | {\"type\": \"period\", \"period\": \"P1D\", \"timeZone\": \"Europe/Paris\"} | SLU-0302",
                "/spec/dataSchema/granularitySpec/type           | \"arbitrary\" | SLU-0302",
                "/spec/dataSchema/parser                         | {\"type\": \"string\"} | SLU-0302",
                "/spec/dataSchema/colour                         | \"red\" | SLU-0303",
                "/spec/ioConfig/appendFast                       | true | SLU-0303",
                "/spec/ioConfig/dropExisting                     | false | SLU-0304",
                "/context/taskLockTimeout                        | 5 | SLU-0303",
            })
    void whatCannotBeSaidIsNamedByItsPlace(String pointer, String value, String code) throws IOException {
        JsonNode spec = JSON.readTree(GOLDEN.resolve("replace_with_rollup.json").toFile())
                .path("spec")
                .deepCopy();
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) spec)
                .withObject(pointer.substring(0, last))
                .set(pointer.substring(last + 1), JSON.readTree(value));

        ImportResult imported = SpecImport.of(spec.toString(), PLAIN);

        assertThat(imported.findings())
                .extracting(Finding::code, Finding::pointer)
                .containsExactly(tuple(code, pointer));
        assertThat(imported.yaml()).contains("# ");
    }

    @Test
    void aParserBecomesWhatTookItsPlace() throws IOException {
        // Given
        String spec = Files.readString(Path.of("src/test/resources/field/parser-good.json"));

        // When
        ImportResult imported = SpecImport.of(spec, PLAIN);

        // Then
        assertThat(imported.findings())
                .extracting(Finding::code, Finding::pointer)
                .containsExactly(tuple("SLU-0304", "/spec/dataSchema/parser"));
        assertThat(imported.yaml())
                .contains("column: at", "dimensions:", "page", "findColumnsFromHeader: true", "delimiter:");
    }

    @Test
    void aFirehoseBecomesAnInputSource() throws IOException {
        // Given
        ObjectNode spec = (ObjectNode) JSON.readTree(
                Path.of("src/test/resources/field/firehose-local.json").toFile());
        ((ObjectNode) spec.at("/spec/ioConfig/firehose"))
                .removeAll()
                .put("type", "static-s3")
                .putArray("prefixes")
                .add("s3://landing/dt=2026-03-01/");

        // When
        ImportResult imported = SpecImport.of(spec.toString(), PLAIN);

        // Then
        assertThat(imported.findings())
                .extracting(Finding::code, Finding::pointer)
                .contains(tuple("SLU-0304", "/spec/dataSchema/parser"), tuple("SLU-0304", "/spec/ioConfig/firehose"));
        assertThat(imported.yaml()).contains("bucket: landing", "type: csv");
    }

    @Test
    void fieldsThatDruidRemovedAreLeftOut() throws IOException {
        // Given
        String spec = Files.readString(Path.of("src/test/resources/field/removed-harmless.json"));

        // When
        ImportResult imported = SpecImport.of(spec, PLAIN);

        // Then
        assertThat(imported.findings())
                .extracting(Finding::code, Finding::pointer)
                .contains(
                        tuple("SLU-0303", "/spec/tuningConfig/chatThreads"),
                        tuple("SLU-0303", "/spec/ioConfig/skipOffsetGaps"));
        assertThat(imported.yaml()).doesNotContain("chatThreads:", "skipOffsetGaps:");
    }

    @Test
    void whatDruidsApiReturnsIsUnwrapped() throws IOException {
        String task = Files.readString(CONTRACT.resolve("index-parallel.json"));
        String supervisor = Files.readString(CONTRACT.resolve("supervisor-kafka.json"));
        List<String> wrapped = List.of(
                "{\"task\": \"t\", \"payload\": " + task + "}",
                "{\"id\": \"s\", \"state\": \"RUNNING\", \"spec\": " + supervisor + "}",
                "{\"version\": \"2026\", \"spec\": " + supervisor + "}");

        assertThat(wrapped)
                .allSatisfy(text ->
                        assertThat(SpecImport.of(text, TO_S3).definition()).isNotNull());
        assertThat(SpecImport.of(wrapped.get(1), TO_S3).definition())
                .isEqualTo(SpecImport.of(supervisor, TO_S3).definition());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"type\": \"kill\"} | kill", "[1] | no type", "{broken | not JSON"})
    void whatIsNoSpecIsRefused(String text, String ignored) {
        ImportResult imported = SpecImport.of(text, PLAIN);

        assertThat(imported.definition()).isNull();
        assertThat(imported.findings()).extracting(Finding::code).containsExactly("SLU-0301");
    }

    @Test
    void secretsStayOutOfTheDefinition() throws IOException {
        String spec = Files.readString(CONTRACT.resolve("supervisor-kafka.json"))
                .replace(
                        "\"max.poll.records\": 500",
                        "\"sasl.jaas.config\": \"password=geheim\", \"note\": \"costs ${x}\"");

        ImportResult imported = SpecImport.of(spec, PLAIN);

        assertThat(imported.findings()).extracting(Finding::code).containsExactly("SLU-0305");
        assertThat(imported.yaml()).contains("${SASL_JAAS_CONFIG}", "$${x}").doesNotContain("geheim");
    }

    @Test
    void anImportedDefinitionIsLintClean() throws IOException {
        String spec = JSON.readTree(GOLDEN.resolve("own_druid_parts.json").toFile())
                .path("spec")
                .toString();

        Definition definition = RoundTrip.definition(SpecImport.of(spec, PLAIN));

        assertThat(SpecPreview.findings(definition, Contract.forDruid("33"))).isEmpty();
        assertThat(definition.hash())
                .as("its YAML is its JSON")
                .isEqualTo(CanonicalJson.hash(SpecImport.of(spec, PLAIN).definition()));
    }
}
