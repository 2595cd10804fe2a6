package sluice.entry.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.params.provider.MethodSource;
import sluice.core.contract.Oracle;
import sluice.core.contract.Severity;

/** What is imported makes, when it is generated from, a spec that Druid reads as the same. */
class SpecImportIT {

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
                    .filter(SpecImportIT::isTask)
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
