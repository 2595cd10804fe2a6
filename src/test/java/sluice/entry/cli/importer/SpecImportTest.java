package sluice.entry.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.contract.Oracle;
import sluice.core.contract.Severity;
import sluice.core.definition.Definition;
import sluice.core.json.CanonicalJson;
import sluice.core.spec.SpecPreview;

/** What is imported makes, when it is generated from, a spec that Druid reads as the same. */
class SpecImportTest {

    private static final Path CONTRACT = Path.of("src/test/resources/contract");
    private static final Path GOLDEN = Path.of("src/test/resources/spec");
    private static final Path EXAMPLES = Path.of("../shared/contract/examples");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ImportOptions PLAIN = new ImportOptions(List.of("main"), null, null);
    private static final ImportOptions TO_S3 = new ImportOptions(List.of("main"), "s3://landing/x/", "yyyy/MM/dd/HH");

    private static final Oracle DRUID = Oracle.of("33");

    static Stream<Path> ownSpecs() throws IOException {
        try (Stream<Path> files = Files.list(CONTRACT)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("(index-parallel|supervisor-k).*\\.json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("ownSpecs")
    void aSpecComesBackAsItsAuthorWroteItAndAsDruidWritesIt(Path file) throws IOException {
        String spec = Files.readString(file);
        String kind = file.getFileName().toString().startsWith("index") ? "task" : "supervisor";

        assertThat(differences(spec, spec)).isEmpty();
        if (isRead(kind, spec)) {
            assertThat(differences(spec, DRUID.written(kind, spec).toString())).isEmpty();
        }
    }

    static Stream<Path> generatedSpecs() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .filter(SpecImportTest::isTask)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static boolean isTask(Path file) {
        try {
            return JSON.readTree(file.toFile()).at("/spec/type").asText().equals("index_parallel");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("generatedSpecs")
    void whatWasGeneratedFromADefinitionIsImportedWithoutAWord(Path file) throws IOException {
        String spec = JSON.readTree(file.toFile()).path("spec").toString();

        ImportResult imported = SpecImport.of(spec, PLAIN);

        assertThat(imported.findings()).isEmpty();
        assertThat(new RoundTrip(DRUID).differences(spec, RoundTrip.definition(imported)))
                .isEmpty();
    }

    @Test
    void theExamplesOfDruidsDocumentationComeBackToo() throws IOException {
        assumeTrue(Files.isDirectory(EXAMPLES), "no examples at hand");
        List<String> wrong = new ArrayList<>();
        List<String> notTaken = new ArrayList<>();
        int same = 0;
        for (String folder : List.of("index", "index_parallel", "kafka", "kinesis")) {
            try (Stream<Path> files = Files.list(EXAMPLES.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    String spec = Files.readString(file);
                    ImportResult imported = SpecImport.of(spec, TO_S3);
                    List<String> lacking = lacking(imported);
                    if (!lacking.isEmpty() || !isRead(folder.startsWith("index") ? "task" : "supervisor", spec)) {
                        notTaken.add(file.getFileName() + " " + lacking);
                        continue;
                    }
                    List<String> differences = differences(spec, spec);
                    same += differences.isEmpty() ? 1 : 0;
                    differences.forEach(difference -> wrong.add(file.getFileName() + " " + difference));
                }
            }
        }
        System.out.println("imported and generated the same: " + same
                + " examples; not expressible, or refused by Druid" + " itself: " + notTaken);
        assertThat(wrong).isEmpty();
        assertThat(same).isGreaterThan(20);
    }

    private static boolean isRead(String kind, String spec) throws IOException {
        try {
            DRUID.written(kind, spec);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static List<String> lacking(ImportResult imported) {
        return imported.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.pointer() + ": " + finding.message())
                .toList();
    }

    /** Differences between the spec and what comes of the text that is imported, but for those that were told. */
    private static List<String> differences(String spec, String text) throws IOException {
        ImportResult imported = SpecImport.of(text, TO_S3);
        List<String> told = imported.findings().stream()
                .map(finding -> finding.pointer().replaceFirst("^/(dataSchema|ioConfig|tuningConfig)/", "/spec/$1/"))
                .toList();
        return new RoundTrip(DRUID)
                .differences(spec, RoundTrip.definition(imported)).stream()
                        .filter(difference -> told.stream().noneMatch(difference::startsWith))
                        .toList();
    }

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

    /** The table of defaults against Druid itself: what is left of a minimal spec is what was written into it. */
    @ParameterizedTest
    @MethodSource("minimalSpecs")
    void ofAMinimalSpecNothingButItsOwnFieldsIsLeft(String kind, String spec) throws IOException {
        ImportResult own = SpecImport.of(spec, PLAIN);
        ImportResult druids = SpecImport.of(DRUID.written(kind, spec).toString(), PLAIN);

        assertThat(druids.definition().toString())
                .isEqualTo(own.definition().toString().replace("\"queryGranularity\":\"NONE\",", ""));
    }

    static Stream<Arguments> minimalSpecs() {
        String dataSchema =
                """
                {"dataSource": "d", "timestampSpec": {"column": "time", "format": "iso"}, "dimensionsSpec": {"dimensions": [
                  "a", {"type": "long", "name": "l"}, {"type": "double", "name": "dd"}, {"type": "float", "name": "f"},
                  {"type": "json", "name": "j"}, {"type": "auto", "name": "au"}]},
                 "metricsSpec": [{"type": "count", "name": "c"}, {"type": "longSum", "name": "ls", "fieldName": "x"},
                   {"type": "thetaSketch", "name": "th", "fieldName": "x"},
                   {"type": "HLLSketchBuild", "name": "hl", "fieldName": "x"},
                   {"type": "quantilesDoublesSketch", "name": "q", "fieldName": "x"},
                   {"type": "stringLast", "name": "sl", "fieldName": "x"},
                   {"type": "hyperUnique", "name": "hu", "fieldName": "x"}],
                 "granularitySpec": {"segmentGranularity": "DAY", "queryGranularity": "HOUR", "rollup": true}}
                """;
        String task =
                """
                {"type": "%1$s", "spec": {"dataSchema": %2$s, "ioConfig": {"type": "%1$s", "inputSource":
                  {"type": "s3", "objects": [{"bucket": "landing", "path": "p/dt=2026-01-01/a.tsv"}]},
                  "inputFormat": {"type": "tsv", "findColumnsFromHeader": true}}, "tuningConfig": {"type": "%1$s"}}}
                """;
        String supervisor =
                """
                {"type": "kafka", "spec": {"dataSchema": %s, "ioConfig": {"topic": "t", "inputFormat": {"type": "json"},
                  "consumerProperties": {"bootstrap.servers": "localhost:9092"}}, "tuningConfig": {"type": "kafka"}}}
                """;
        return Stream.of(
                Arguments.of("task", task.formatted("index_parallel", dataSchema)),
                Arguments.of("task", task.formatted("index", dataSchema)),
                Arguments.of("supervisor", supervisor.formatted(dataSchema)));
    }
}
