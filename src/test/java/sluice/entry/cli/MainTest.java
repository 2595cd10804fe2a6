package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.version.SluiceVersion;

class MainTest {
    private static final Path GOOD = Path.of("src/test/resources/contract/index-parallel.json");

    private static final String INPUT_SOURCE = "{\"type\": \"s3\", \"uris\": [\"s3://landing/w/2026/01/01/a.json\"]}";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private int run(String input, String... arguments) {
        return run(Map.of(), input, arguments);
    }

    private int run(Map<String, String> environment, String input, String... arguments) {
        return new Main(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment)
                .run(List.of(arguments));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path spoiled() throws IOException {
        return Files.writeString(
                folder.resolve("bad.json"), Files.readString(GOOD).replace("maxRowsInMemory", "maxRowInMemory"));
    }

    @Test
    void saysNothingOfAGoodSpec() {
        assertThat(run("", "lint", GOOD.toString())).isZero();
        assertThat(out()).isEmpty();
    }

    @Test
    void saysWhereAMistakeIs() throws IOException {
        Path file = spoiled();
        assertThat(run("", "lint", file.toString())).isEqualTo(1);
        assertThat(out())
                .contains(file + ":", ": error SLU-1001 ", "did you mean 'maxRowsInMemory'?", "1 errors, 0 warnings");
    }

    @Test
    void fixShowsTheDifferenceAndWritesOnlyWhenTold() throws IOException {
        // Given
        Path file = spoiled();
        String before = Files.readString(file);

        // When
        int shown = run("", "fix", file.toString());
        String left = Files.readString(file);
        int written = run("", "fix", "--write", file.toString());

        // Then
        assertThat(List.of(shown, written)).containsOnly(0);
        assertThat(out()).startsWith("--- " + file + "\n+++ " + file + "\n@@ -").contains("\n-", "\n+");
        assertThat(left).isEqualTo(before);
        assertThat(Files.readString(file)).isEqualTo(Files.readString(GOOD));
    }

    @Test
    void fixIsAFilter() throws IOException {
        // Given
        String text = Files.readString(spoiled());

        // When
        int status = run(text, "fix", "--write", "-");

        // Then
        assertThat(status).isZero();
        assertThat(out()).isEqualTo(Files.readString(GOOD));
    }

    @Test
    void fixSaysWhatIsLeft() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("kill.json"), "{\"type\": \"kill\", \"interval\": \"P1D\"}");

        // When
        int status = run("", "fix", file.toString());

        // Then
        assertThat(status).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'dataSource' is missing", "SLU-1007");
    }

    @Test
    void readsSpecsInYaml() throws IOException {
        // Given
        Path file = Files.writeString(
                folder.resolve("kill.yaml"),
                "type: kill\ndataSource: clicks\ninterval: 2026-01-01/2026-02-01\nbatchSiz: 3 # few\n");

        // When
        int status = run("", "lint", file.toString());

        // Then
        assertThat(status).isEqualTo(1);
        assertThat(out()).contains("kill.yaml:4:1: error SLU-1001", "did you mean 'batchSize'?");
    }

    @Test
    void takesTypesOfExtensionsThatAreDeclared() throws IOException {
        // Given
        Path types = Files.writeString(folder.resolve("types.yaml"), "transform: loadedAt\n");
        String spec = "src/test/resources/field/own-transform.json";

        // When
        int status = run("", "lint", "--extension", types.toString(), spec);

        // Then
        assertThat(status).as(out()).isZero();
    }

    @Test
    void refusesADeclarationOfTypesThatItCannotRead() throws IOException {
        // Given
        Path types = Files.writeString(folder.resolve("types.yaml"), "transfrom: loadedAt\n");

        // When
        int status = run("", "lint", "--extension", types.toString(), GOOD.toString());

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("types.yaml", "there is no kind 'transfrom'");
    }

    @Test
    void lintsTheSampleDefinitionWithoutTheEnvironmentThatItWillRunIn() {
        assertThat(run("", "lint", "infra/sandbox/definitions")).as(out()).isZero();
        assertThat(out()).isEmpty();
    }

    @Test
    void lintNeverReadsTheEnvironmentForADefinition() throws IOException {
        // Given
        String sample = Files.readString(Path.of("infra/sandbox/definitions/wikipedia.yaml"));
        Path file = Files.writeString(folder.resolve("a.yaml"), sample + "\ndrift: \"${MY_SECRET_TOKEN}\"\n");

        // When
        run(Map.of("MY_SECRET_TOKEN", "hunter2"), "", "lint", file.toString());

        // Then
        assertThat(out()).contains("my-secret-token").doesNotContain("hunter2");
    }

    @Test
    void lintRefusesASecretOfADefinitionInASpecThatSomebodyWrote() throws IOException {
        Path file = Files.writeString(
                folder.resolve("spec.json"),
                Files.readString(GOOD)
                        .replaceFirst("\"dataSource\": \"[^\"]*\"", "\"dataSource\": \"\\${secret:NAME}\""));

        int status = run(Map.of("NAME", "hunter2"), "", "lint", file.toString());

        assertThat(status).isEqualTo(1);
        assertThat(out()).contains("SLU-1019", "${secret:NAME}").doesNotContain("hunter2");
    }

    @Test
    void lintUsesTheVariablesThatItIsGiven() throws IOException {
        // Given
        String sample = Files.readString(Path.of("infra/sandbox/definitions/wikipedia.yaml"));
        Path file = Files.writeString(
                folder.resolve("a.yaml"), sample + "\ndrift: \"${DRIFT}\"\ncompatibility: \"${RULE}\"\n");

        // When
        int status =
                run(Map.of("RULE", "none"), "", "lint", "--variable", "DRIFT=fail", "--variable=RULE", file.toString());

        // Then
        assertThat(status).as(out() + err).isZero();
    }

    @ParameterizedTest
    @CsvSource({"RULE, not set", "=x, NAME=VALUE", "a-b=x, NAME=VALUE"})
    void aVariableThatCannotBeGivenIsWrongUsage(String variable, String reason) {
        // When
        int status = run("", "lint", "--variable", variable, "infra/sandbox/definitions");

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--variable", reason);
    }

    @Test
    void tellsAMistakeInTheGeneratedSpecAtItsPlaceInTheDefinition() throws IOException {
        String sample = Files.readString(Path.of("infra/sandbox/definitions/wikipedia.yaml"));
        Path file =
                Files.writeString(folder.resolve("bad.yaml"), sample + "\n  tuningConfig: {maxRowsInMemroy: 1000}\n");
        assertThat(run("", "lint", file.toString())).isEqualTo(1);
        assertThat(out())
                .contains("SLU-1001", "[/batch/tuningConfig/maxRowsInMemroy]", "did you mean 'maxRowsInMemory'?");
    }

    @Test
    void writesJson() throws IOException {
        assertThat(run("", "lint", "--format", "json", spoiled().toString())).isEqualTo(1);
        JsonNode found = new ObjectMapper().readTree(out()).path(0);
        assertThat(found.path("code").asText()).isEqualTo("SLU-1001");
        assertThat(found.path("severity").asText()).isEqualTo("error");
        assertThat(found.path("pointer").asText()).isEqualTo("/spec/tuningConfig/maxRowInMemory");
        assertThat(found.path("line").asInt()).isPositive();
        assertThat(found.fieldNames())
                .toIterable()
                .containsExactly(
                        "file",
                        "code",
                        "severity",
                        "pointer",
                        "line",
                        "column",
                        "message",
                        "expected",
                        "suggestion",
                        "url",
                        "page");
    }

    @Test
    void writesAnEmptyListForNoFindings() throws IOException {
        assertThat(run("", "lint", "--format=json", GOOD.toString())).isZero();
        assertThat(new ObjectMapper().readTree(out())).isEmpty();
    }

    @Test
    void writesSarif() throws IOException {
        assertThat(run("", "lint", "--format", "sarif", spoiled().toString())).isEqualTo(1);
        JsonNode run = new ObjectMapper().readTree(out()).path("runs").path(0);
        assertThat(run.at("/tool/driver/rules/0/id").asText()).isEqualTo("SLU-1001");
        assertThat(run.at("/results/0/level").asText()).isEqualTo("error");
        assertThat(run.at("/results/0/locations/0/physicalLocation/region/startLine")
                        .asInt())
                .isPositive();
    }

    @Test
    void readsStandardInputAndDirectories() throws IOException {
        assertThat(run("{\"type\": \"kill\"}", "lint", "-")).isEqualTo(1);
        spoiled();
        Files.copy(GOOD, folder.resolve("good.json"));
        assertThat(run("", "lint", folder.toString())).isEqualTo(1);
    }

    @Test
    void readsDefinitions() throws IOException {
        Path definition = Files.writeString(folder.resolve("wikipedia.yaml"), "apiVersion: sluice/v1\ndatasuorce: x\n");
        assertThat(run("", "lint", definition.toString())).isEqualTo(1);
        assertThat(out()).contains("SLU-0004", "wikipedia.yaml:2");
    }

    @Test
    void leavesOutWarningsOnRequest() throws IOException {
        Path file = Files.writeString(
                folder.resolve("warning.json"), Files.readString(GOOD).replace("500000,", "\"500000\","));
        assertThat(run("", "lint", "--severity", "error", file.toString())).isZero();
        assertThat(out()).isEmpty();
        assertThat(run("", "lint", file.toString())).isZero();
        assertThat(out()).contains("SLU-1008");
    }

    @Test
    void distinguishesWhatItCannotReadFromWhatIsWrong() {
        assertThat(run("", "lint", "no-such-file.json")).isEqualTo(2);
        assertThat(run("", "lint")).isEqualTo(2);
        assertThat(run("", "lint", "--druid", "12", GOOD.toString())).isEqualTo(2);
        assertThat(run("", "lint", "--frobnicate", "1", GOOD.toString())).isEqualTo(2);
        assertThat(run("", "polish")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("no-such-file.json", "33, 34, 35, 36, 37, 38", "--frobnicate");
    }

    @Test
    void importsSpecsAndSaysWhatItCannotSay() throws IOException {
        Path written = folder.resolve("out.yaml");
        String inS3 = Files.readString(GOOD).replaceAll("\\{\"type\": \"inline\".*\\},", INPUT_SOURCE + ",");

        assertThat(run(inS3, "import", "-", "--cluster", "eu", "--out", written.toString()))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(Files.readString(written)).contains("clusters: [eu]", "prefix: w/", "timeChunk: yyyy/MM/dd");
        assertThat(run("", "lint", written.toString())).isZero();

        assertThat(run("", "import", GOOD.toString())).isEqualTo(1);
        assertThat(out()).contains("datasource: wikipedia", "# A definition reads files from S3");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("error SLU-0302", "[/spec/ioConfig/inputSource]");

        assertThat(run("{\"type\": \"kill\"}", "import", "-")).isEqualTo(2);
        assertThat(run("", "import", "no-such-file.json")).isEqualTo(2);
        assertThat(run("", "import", GOOD.toString(), "--source", "landing/x")).isEqualTo(2);
    }

    @Test
    void printsSchemasAndHelp() throws IOException {
        assertThat(run("", "--help")).isZero();
        assertThat(out()).contains("sluice lint");
        out.reset();
        assertThat(run("", "schema", "task")).isZero();
        assertThat(new ObjectMapper().readTree(out()).path("$defs").has("DataSchema"))
                .isTrue();
        out.reset();
        assertThat(run("", "schema", "definition")).isZero();
        assertThat(new ObjectMapper().readTree(out()).isObject()).isTrue();
        assertThat(run("", "schema", "poem")).isEqualTo(2);
    }

    @Test
    void saysWhichVersionItIs() {
        assertThat(run("", "--version")).isZero();
        assertThat(out()).startsWith("sluice ").endsWith(SluiceVersion.current() + System.lineSeparator());
    }

    @Test
    void passesOverFilesOfOtherTools() throws IOException {
        // Given
        Path other = Files.writeString(folder.resolve("package.json"), "{\"name\": \"app\", \"type\": \"module\"}");
        String bad = spoiled().toString();

        // When
        int status = run("", "lint", "--skip-unrelated", other.toString(), bad);

        // Then
        assertThat(status).isEqualTo(Main.BAD);
        assertThat(out()).contains(bad).doesNotContain("package.json");
    }
}
