package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.core.contract.Oracle;
import sluice.entry.cli.CliProcess.Ended;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.importer.ImportOptions;
import sluice.entry.cli.importer.ImportResult;
import sluice.entry.cli.importer.RoundTrip;
import sluice.entry.cli.importer.SpecImport;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.component.Project;
import sluice.sandbox.s3.S3;

/** The packaged command line against the real API, as CI would run it. */
@ExtendWith(SandboxExtension.class)
class CliIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("repository"));
    }

    private CliProcess cli(Sandbox sandbox) {
        return new CliProcess(folder, Map.of("SLUICE_URL", sandbox.api().uri().toString()));
    }

    private void write(String name, Object definition) throws IOException {
        Files.writeString(folder.resolve(name), definition.toString());
    }

    @Test
    void aDefinitionIsPlannedAppliedChangedAndRolledBack(Sandbox sandbox) throws Exception {
        CliProcess cli = cli(sandbox);
        DefinitionText definition = new DefinitionText("cli_life");

        write("cli_life.yaml", definition);
        assertThat(cli.run("plan", "cli_life.yaml").status()).isEqualTo(2);
        Ended first = cli.run("apply", "--commit", "0a1b", "--note", "first try", ".");
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("version 1 is active");
        Ended none = cli.run("plan", ".");
        assertThat(none.status()).as(none.out() + none.err()).isZero();

        write("cli_life.yaml", definition.batch("timeout", "PT1H"));
        assertThat(cli.run("plan", "--out", "plan.json", "cli_life.yaml").status())
                .isEqualTo(2);
        assertThat(cli.run("apply", "--plan", "plan.json").out()).contains("version 2 is active");
        Ended stale = cli.run("apply", "--plan", "plan.json");
        assertThat(stale.status()).isEqualTo(1);
        assertThat(stale.out()).contains("not applied", "plan again");

        Ended back = cli.run("rollback", "cli_life", "--reason", "wrong timeout", "--data", "--wait");
        assertThat(back.status()).as(back.out() + back.err()).isZero();
        assertThat(back.out()).contains("version 1 is active again, after version 2", "done:");
        Ended history = cli.run("history", "cli_life");
        assertThat(history.status()).isZero();
        assertThat(history.out())
                .contains("rollback", "wrong timeout", "commit 0a1b", "first try", "version 1 is active");
    }

    @Test
    void aPlanTellsWhatASampleBecomes(Sandbox sandbox) throws Exception {
        write("cli_sample.yaml", new DefinitionText("cli_sample"));
        write("cli_other.yaml", new DefinitionText("cli_other"));
        sandbox.s3().upload("cli_sample/dt=2026-01-01/a.json", Rows.json("2026-01-01", 30));

        Ended plan =
                cli(sandbox).run("plan", ".", "--object", "s3://" + S3.LANDING + "/cli_sample/dt=2026-01-01/a.json");

        assertThat(plan.status()).as(plan.out() + plan.err()).isEqualTo(2);
        assertThat(plan.out()).contains("Of 30 sampled rows 30 would be stored", "Plan: 2 to apply");
    }

    @Test
    void aClusterThatLoadsDruidsOwnExtensionsNeedsNoDeclaration(Sandbox sandbox) throws Exception {
        // When
        Ended generated = cli(sandbox)
                .run(
                        "extension",
                        "generate",
                        "--router",
                        sandbox.druidProxy().uri().toString(),
                        "--out",
                        "types.yaml");

        // Then
        assertThat(generated.status()).as(generated.err()).isZero();
        assertThat(folder.resolve("types.yaml"))
                .content()
                .contains("# Types of the Druid 33", "druid-s3-extensions")
                .endsWith("\n{}\n");
        assertThat(sandbox.druid()
                        .get("/druid/indexer/v1/tasks?datasource=sluice_no_such_type")
                        .body())
                .as("what it asks with is never a task")
                .isEqualTo("[]");
    }

    @Test
    void whatIsRefusedIsToldWithItsPlaceAndEndsWithOne(Sandbox sandbox) throws Exception {
        CliProcess cli = cli(sandbox);
        write("cli_bad.yaml", new DefinitionText("cli_bad").toString().replace("mode: replace", "mode: replcae"));

        Ended plan = cli.run("plan", "cli_bad.yaml");
        Ended apply = cli.run("apply", "cli_bad.yaml");
        Ended history = cli.run("history", "cli_bad");

        assertThat(plan.status()).isEqualTo(1);
        assertThat(plan.out()).contains("refused", "cli_bad.yaml:", "[/batch/mode]");
        assertThat(apply.status()).isEqualTo(1);
        assertThat(apply.out()).contains("not applied", "[/batch/mode]");
        assertThat(history.status()).isEqualTo(1);
        assertThat(history.err()).contains("no definition of 'cli_bad'");
    }

    @Test
    void anEventFromTheBusIsValid(Sandbox sandbox) throws Exception {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "cli_event")
                .define(new DefinitionText("cli_event"))
                .upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();
        JsonNode event = ingestion.events("sluice.run.available").get(0).detail();
        write("event.json", event);
        write("bad.json", event.toString().replace("sluice.run.available", "sluice.run.imagined"));

        // When
        Ended valid = cli(sandbox).run("validate-event", "event.json");
        Ended bad = cli(sandbox).run("validate-event", "bad.json");

        // Then
        assertThat(valid.status()).as(valid.out() + valid.err()).isZero();
        assertThat(valid.out()).isEmpty();
        assertThat(valid.err()).isEmpty();
        assertThat(bad.status()).isEqualTo(1);
        assertThat(bad.out()).contains("bad.json:1:", "SLU-0403", "[/type]");
    }

    @Test
    void theTaskThatRanIsImportedAndMakesTheSameTaskAgain(Sandbox sandbox) throws Exception {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "cli_import")
                .define(new DefinitionText("cli_import").batch("tuningConfig", "{maxRowsInMemory: 77777}"))
                .upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();
        String task = ingestion.runs().get(0).path("state").path("taskId").asText("");
        if (task.isEmpty()) {
            task = ingestion
                    .events("sluice.run.submitted")
                    .get(0)
                    .detail()
                    .at("/data/taskId")
                    .asText();
        }
        String answer = sandbox.druid().get("/druid/indexer/v1/task/" + task).body();
        write("task.json", answer);

        // When
        Ended imported = cli(sandbox).run("import", "task.json", "--out", "cli_import.yaml");

        // Then
        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(imported.err()).isEmpty();
        assertThat(cli(sandbox).run("lint", "cli_import.yaml").status()).isZero();
        String yaml = Files.readString(folder.resolve("cli_import.yaml"));
        assertThat(yaml).contains("timeChunk: \"'dt='yyyy-MM-dd\"", "maxRowsInMemory: 77777");
        JsonNode payload = JSON.readTree(answer).path("payload");
        ImportResult again = SpecImport.of(answer, new ImportOptions(List.of("main"), null, null));
        assertThat(new RoundTrip(Oracle.of("33")).differences(payload.toString(), RoundTrip.definition(again)))
                .isEmpty();
    }

    @Test
    void theActionForGitHubPlansAndKeepsOneComment(Sandbox sandbox) throws Exception {
        // Given: GitHub's API as far as comments go
        List<String> comments = new CopyOnWriteArrayList<>();
        try (FakeApi github = new FakeApi(asked -> switch (asked.method()) {
            case "POST" -> {
                if (asked.path().equals("/graphql")) {
                    yield FakeApi.Said.json(200, "{\"data\": {\"viewer\": {\"login\": \"robot\"}}}");
                }
                comments.add(asked.body());
                yield FakeApi.Said.json(201, "{\"id\": 1}");
            }
            case "PATCH" -> {
                comments.set(Integer.parseInt(asked.path().replaceAll(".*/", "")), asked.body());
                yield FakeApi.Said.json(200, "{}");
            }
            default -> FakeApi.Said.json(200, listed(comments));
        })) {
            CliProcess action = new CliProcess(
                    folder,
                    Map.of(
                            "SLUICE_CLI",
                                    Project.folder("target", "sluice-cli.jar").toString(),
                            "SLUICE_URL", sandbox.api().uri().toString(),
                            "SLUICE_FILES", "definitions\n",
                            "GITHUB_API_URL", github.url(),
                            "GITHUB_REPOSITORY", "acme/data",
                            "GITHUB_TOKEN", "t",
                            "GITHUB_EVENT_PATH", temporary.resolve("event.json").toString(),
                            "GITHUB_OUTPUT", temporary.resolve("output").toString(),
                            "RUNNER_TEMP", temporary.toString()));
            List<String> script = List.of(
                    "bash",
                    Project.folder(".github", "actions", "sluice-plan", "sluice-plan")
                            .toString());
            Files.writeString(temporary.resolve("event.json"), "{\"pull_request\": {\"number\": 7}}");
            Files.createDirectory(folder.resolve("definitions"));

            // When, Then: a definition that may be applied
            write("definitions/cli_action.yaml", new DefinitionText("cli_action"));
            Ended good = action.run(script);
            assertThat(good.status()).as(good.out() + good.err()).isZero();
            assertThat(Files.readString(temporary.resolve("output"))).contains("changes=present");
            assertThat(comments)
                    .singleElement()
                    .asString()
                    .contains("<!-- sluice-plan -->", "### cli_action: would become active");
            assertThat(github.asked().get(1).path()).isEqualTo("/repos/acme/data/issues/7/comments");
            assertThat(github.asked().get(0).headers()).containsEntry("authorization", "Bearer t");

            // When, Then: one that may not
            write(
                    "definitions/cli_action.yaml",
                    new DefinitionText("cli_action").toString().replace("mode: replace", "mode: replcae"));
            Ended bad = action.run(script);
            assertThat(bad.status()).isEqualTo(1);
            assertThat(Files.readString(temporary.resolve("output"))).contains("changes=refused");
            assertThat(comments).singleElement().asString().contains("replcae", "Nothing was planned");
            assertThat(JSON.readTree(temporary.resolve("sluice-lint.sarif").toFile())
                            .at("/runs/0/results"))
                    .isNotEmpty();

            // When, Then: an environment that is not there
            write("definitions/cli_action.yaml", new DefinitionText("cli_action"));
            Ended unreached = new CliProcess(folder, action.with("SLUICE_URL", "http://127.0.0.1:9")).run(script);
            assertThat(unreached.status()).isEqualTo(1);
            assertThat(comments).singleElement().asString().contains("There is no plan", "http://127.0.0.1:9");
        }
    }

    private static String listed(List<String> comments) {
        ArrayNode list = JSON.createArrayNode();
        for (int index = 0; index < comments.size(); index++) {
            ObjectNode comment = list.addObject().put("id", index);
            comment.putObject("user").put("login", "robot");
            try {
                comment.set("body", JSON.readTree(comments.get(index)).path("body"));
            } catch (IOException notJson) {
                throw new UncheckedIOException(notJson);
            }
        }
        return list.toString();
    }

    @Test
    void thePackagedJarLintsDefinitions(Sandbox sandbox) throws Exception {
        Ended lint = cli(sandbox)
                .run("lint", Project.folder("infra", "sandbox", "definitions").toString());

        assertThat(lint.status()).as(lint.err()).isZero();
    }
}
