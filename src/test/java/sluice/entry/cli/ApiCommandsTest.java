package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Asked;
import sluice.entry.cli.api.FakeApi.Said;

/** How the commands that call the API split, merge, tell and end. What the API itself does, {@code CliIT} shows. */
class ApiCommandsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEFINITION =
            """
            apiVersion: sluice/v1
            datasource: %1$s
            clusters: [main]
            schema:
              timestampSpec: {column: time, format: auto}
              dimensionsSpec: {dimensions: [page]}
              granularitySpec: {segmentGranularity: DAY, rollup: false}
            batch:
              source: {type: s3, bucket: "${LANDING_BUCKET}", prefix: %1$s/, timeChunk: "'dt='yyyy-MM-dd"}
              mode: replace
            """;

    private final CapturedConsole console = new CapturedConsole();

    @TempDir
    Path folder;

    private int run(FakeApi api, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (api != null) {
            all.addAll(List.of("--url", api.url()));
        }
        console.clear();
        return console.run(DEFINITION.formatted("piped"), Map.of(), false, all);
    }

    private String out() {
        return console.out();
    }

    private String err() {
        return console.err();
    }

    private String file(String datasource) throws IOException {
        return Files.writeString(folder.resolve(datasource + ".yaml"), DEFINITION.formatted(datasource))
                .toString();
    }

    /** An API that plans every definition alike. */
    private static FakeApi planning(Function<String, String> changes) {
        return new FakeApi(asked -> {
            if (asked.method().equals("GET")) {
                return Said.json(404, "{\"detail\": \"none\", \"status\": 404, \"title\": \"Not found\"}");
            }
            JsonNode body = read(asked);
            List<String> plans = new ArrayList<>();
            body.path("definitions").forEach(text -> {
                String datasource = text.asText().replaceAll("(?s).*datasource: (\\S+).*", "$1");
                int read = body.path("objects").size();
                plans.add(
                        """
                        {"datasource": "%s", "changes": "%s", "findings": [], "definition": [
                           {"kind": "REPLACED", "pointer": "/batch/mode", "before": "append", "after": "replace"}],
                         "clusters": [{"cluster": "main", "specChanges": [], "replaced": [],
                           "preview": {"read": %d, "stored": %d, "rows": [{"page": "p"}], "errors": []}}]}
                        """
                                .formatted(datasource, changes.apply(datasource), read, read));
            });
            return Said.json(
                    200, "{\"changes\": \"present\", \"plans\": [" + String.join(",", plans) + "], \"later\": true}");
        });
    }

    private static JsonNode read(Asked asked) {
        try {
            return JSON.readTree(asked.body());
        } catch (IOException notJson) {
            throw new IllegalStateException(notJson);
        }
    }

    @Test
    void planEndsAsTerraformsDoes() throws IOException {
        String file = file("a");
        try (FakeApi api = planning(datasource -> "none")) {
            assertThat(run(api, "plan", file)).isZero();
            assertThat(out()).contains("no changes", "Plan: 0 to apply, 1 without changes, 0 refused.");
        }
        try (FakeApi api = planning(datasource -> "present")) {
            assertThat(run(api, "plan", file)).isEqualTo(2);
            assertThat(out()).contains("would become active", "~ /batch/mode: \"append\" -> \"replace\"");
        }
        try (FakeApi api = planning(datasource -> "refused")) {
            assertThat(run(api, "plan", file, "--out", folder + "/plan.json")).isEqualTo(1);
            assertThat(folder.resolve("plan.json")).doesNotExist();
        }
        try (FakeApi api = new FakeApi(asked -> Said.json(400, "{\"detail\": \"no\", \"status\": 400}"))) {
            assertThat(run(api, "plan", file)).isEqualTo(1);
        }
    }

    @Test
    void misuseIsOneWhereTwoMeansChanges() throws IOException {
        assertThat(run(null, "plan", file("a"))).isEqualTo(1);
        assertThat(err()).contains("--url", "SLUICE_URL");
        assertThat(run(null, "plan", "--url", "http://127.0.0.1:1")).isEqualTo(1);
        assertThat(run(null, "plan", "--url", "http://127.0.0.1:1", "no-such-file.yaml"))
                .isEqualTo(1);
        assertThat(err()).contains("no-such-file.yaml");
        assertThat(run(null, "apply", "--frobnicate", "x", file("a"))).isEqualTo(1);
        assertThat(err()).contains("--frobnicate", "--if-match");
        assertThat(run(null, "rollback", "--url", "http://127.0.0.1:1", "wikipedia"))
                .isEqualTo(1);
        assertThat(err()).contains("--reason");
        assertThat(run(null, "history", "--url", "http://127.0.0.1:1", "--limit", "0", "wikipedia"))
                .isEqualTo(1);
        assertThat(run(null, "plan", "--url", "http://127.0.0.1:1", "--object", "bucket/key", file("a")))
                .isEqualTo(1);
        assertThat(err()).contains("s3://BUCKET/KEY");
    }

    @Test
    void manyDefinitionsAreAskedInCallsOfTwentyAndToldInOne() throws IOException {
        for (int number = 10; number < 55; number++) {
            file("d" + number);
        }
        try (FakeApi api = planning(datasource -> datasource.equals("d54") ? "present" : "none")) {
            assertThat(run(api, "plan", "--format", "json", folder.toString())).isEqualTo(2);

            assertThat(api.asked().stream()
                            .map(asked -> read(asked).path("definitions").size()))
                    .containsExactly(20, 20, 5);
            JsonNode plan = JSON.readTree(out());
            assertThat(plan.path("changes").asText()).isEqualTo("present");
            assertThat(plan.path("plans")).hasSize(45);
            assertThat(plan.at("/plans/0/file").asText()).endsWith("d10.yaml");
            assertThat(plan.at("/plans/44/changes").asText()).isEqualTo("present");
        }
    }

    @Test
    void anObjectGoesToTheDefinitionThatReadsItAndManyGoInCallsOfTen() throws IOException {
        file("a");
        file("b");
        List<String> arguments = new ArrayList<>(List.of("plan", "--format", "json", folder.toString()));
        for (int day = 1; day <= 12; day++) {
            arguments.addAll(List.of("--object", "s3://landing/b/dt=2026-01-%02d/x.json".formatted(day)));
        }
        try (FakeApi api = planning(datasource -> "none")) {
            assertThat(run(api, arguments.toArray(String[]::new))).isZero();

            assertThat(api.asked().stream()
                            .map(asked -> read(asked).path("objects").size())
                            .collect(Collectors.toList()))
                    .containsExactly(10, 2, 0);
            assertThat(JSON.readTree(out())
                            .at("/plans/1/clusters/0/preview/read")
                            .asInt())
                    .isEqualTo(12);

            assertThat(run(api, "plan", folder.toString(), "--object", "s3://landing/c/dt=2026-01-01/x.json"))
                    .isEqualTo(1);
            assertThat(err()).contains("none of the definitions reads s3://landing/c/");
        }
    }

    @Test
    void aPlanIsAppliedAsItWasMade() throws IOException {
        String file = file("a");
        String plan = folder.resolve("out.json").toString();
        try (FakeApi api = planning(datasource -> "present")) {
            assertThat(run(api, "plan", "--out", plan, file)).isEqualTo(2);
        }
        Files.delete(Path.of(file));
        try (FakeApi api = new FakeApi(
                asked -> Said.json(201, "{\"number\": 1, \"changed\": true}").with("etag", "\"1.1\""))) {
            assertThat(run(api, "apply", "--plan", plan, "--commit", "0a1b", "--note", "50 % more"))
                    .isZero();

            Asked asked = api.asked().get(0);
            assertThat(asked.method() + " " + asked.path()).isEqualTo("PUT /v1/definitions/a");
            assertThat(asked.query()).isEqualTo("commit=0a1b&note=50%20%25%20more");
            assertThat(asked.headers())
                    .containsEntry("if-none-match", "*")
                    .containsEntry("content-type", "application/yaml");
            assertThat(asked.body()).isEqualTo(DEFINITION.formatted("a"));
            assertThat(out()).contains("version 1 is active, the first one");
        }
        assertThat(run(null, "apply", "--url", "http://127.0.0.1:1", "--plan", plan, "x.yaml"))
                .isEqualTo(1);
        assertThat(run(null, "apply", "--url", "http://127.0.0.1:1", "--plan", "pom.xml"))
                .isEqualTo(1);
    }

    @Test
    void applyTellsOfEachDefinitionWhatBecameOfIt() throws IOException {
        file("a");
        file("b");
        file("c");
        try (FakeApi api = new FakeApi(asked -> switch (asked.path()) {
            case "/v1/definitions/a" ->
                Said.json(200, "{\"number\": 4, \"changed\": false}").with("etag", "\"4.4\"");
            case "/v1/definitions/b" ->
                Said.json(
                        422,
                        """
                        {"detail": "It has errors", "status": 422, "title": "Unprocessable content", "findings": [
                          {"code": "SLU-0004", "severity": "ERROR", "pointer": "/x", "line": 2, "message": "unknown"}]}
                        """);
            default -> Said.json(412, "{\"detail\": \"moved\", \"status\": 412, \"title\": \"Precondition failed\"}");
        })) {
            assertThat(run(api, "apply", folder.toString())).isEqualTo(1);
            assertThat(out())
                    .contains(
                            "(a): unchanged, version 4 stays active",
                            "(b): not applied. It has errors",
                            "b.yaml:2: error SLU-0004 unknown",
                            "(c): not applied. moved",
                            "plan again");

            assertThat(run(api, "apply", "--format", "json", folder.toString())).isEqualTo(1);
            assertThat(JSON.readTree(out()).findValuesAsText("outcome"))
                    .containsExactly("unchanged", "refused", "stale");
        }
    }

    @Test
    void twoFilesOfOneDatasourceAreNotApplied() throws IOException {
        file("a");
        Files.copy(folder.resolve("a.yaml"), folder.resolve("copy.yaml"));
        try (FakeApi api = new FakeApi(asked -> Said.json(200, "{}"))) {
            assertThat(run(api, "apply", folder.toString())).isEqualTo(1);
            assertThat(err()).contains("both define a");
            assertThat(api.asked()).isEmpty();
        }
    }

    @Test
    void aDefinitionComesFromStandardInputToo() {
        try (FakeApi api = planning(datasource -> "none")) {
            assertThat(run(api, "plan", "-")).isZero();
            assertThat(out()).contains("- (piped): no changes");
        }
    }

    @Test
    void aRollbackIsWatchedToItsEnd() throws IOException {
        String started =
                """
                {"datasource": "web logs", "number": 3, "from": 5, "to": 4, "phase": "STOPPING", "problems": [],
                 "href": "/v1/definitions/web logs/rollbacks/3"}
                """;
        String done = started.replace("STOPPING", "DONE");
        try (FakeApi api =
                new FakeApi(asked -> asked.method().equals("POST") ? Said.json(202, started) : Said.json(200, done))) {
            assertThat(run(api, "rollback", "web logs", "--reason", "wrong", "--data", "--to", "4", "--wait"))
                    .isZero();
            assertThat(out()).contains("version 4 is active again, after version 5", "done: 0 runs stopped");
            assertThat(api.asked().get(0).body()).isEqualTo("{\"reason\":\"wrong\",\"data\":true,\"to\":4}");
            assertThat(api.asked().get(1).path()).isEqualTo("/v1/definitions/web%20logs/rollbacks/3");
        }
        try (FakeApi api = new FakeApi(asked ->
                Said.json(202, done.replace("\"problems\": []", "\"problems\": [\"a chunk has no files left\"]")))) {
            assertThat(run(api, "rollback", "web logs", "--reason", "wrong", "--wait"))
                    .isEqualTo(1);
            assertThat(out()).contains("failed: a chunk has no files left");
        }
        try (FakeApi api = new FakeApi(asked -> Said.json(202, started))) {
            assertThat(run(api, "rollback", "web logs", "--reason", "x", "--wait", "--timeout", "PT0S"))
                    .isEqualTo(1);
            assertThat(err()).contains("not finished within");
        }
    }

    @Test
    void historyShowsWhoDidWhatWithCommitAndReason() {
        try (FakeApi api = new FakeApi(
                asked -> Said.json(
                        200,
                        asked.path().endsWith("history")
                                ? """
                        {"active": 1, "activations": [
                          {"number": 3, "kind": "ROLLBACK", "version": 1, "before": 2, "author": "bob", "reason": "wrong",
                           "at": "2026-01-03T00:00:00.123Z"},
                          {"number": 2, "kind": "APPLY", "version": 2, "before": 1, "author": "ann",
                           "at": "2026-01-02T00:00:00Z"}]}
                        """
                                : "{\"active\": 1, \"versions\": [{\"number\": 2, \"commit\": \"0a1b\", \"note\": \"more\"}]}"))) {
            assertThat(run(api, "history", "wikipedia")).isZero();
            assertThat(out().lines().map(line -> line.replaceAll(" +", " ")))
                    .containsExactly(
                            "* 2026-01-03T00:00:00Z rollback v1 bob wrong",
                            " 2026-01-02T00:00:00Z apply v2 ann commit 0a1b more",
                            "wikipedia: version 1 is active");
        }
    }
}
