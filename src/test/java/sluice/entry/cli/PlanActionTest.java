package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import sluice.core.plan.CommonMarkLines;
import sluice.entry.cli.CliProcess.Ended;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Said;

/** The script of the GitHub action, with a command line whose output somebody else has chosen. */
class PlanActionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARKER = "<!-- sluice-plan -->";

    @TempDir
    private Path temporary;

    private Path folder;
    private String lint = "";
    private String plan = "### wiki: would become active\n";
    private String viewer = "github-actions[bot]";
    private final ArrayNode comments = JSON.createArrayNode();
    private final List<String> written = new ArrayList<>();

    @BeforeEach
    void makeAFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("work"));
    }

    private Ended runs() throws IOException, InterruptedException {
        Path cli = temporary.resolve("sluice");
        Files.writeString(temporary.resolve("lint.txt"), lint);
        Files.writeString(temporary.resolve("plan.md"), plan);
        Files.writeString(temporary.resolve("event.json"), "{\"pull_request\": {\"number\": 7}}");
        Files.writeString(
                cli,
                "#!/usr/bin/env bash\ncd \"" + temporary + "\"\nif [ \"$1\" = plan ]; then cat plan.md; exit 2; fi\n"
                        + "cat lint.txt; echo '::error::from standard error' >&2; ! grep -q error lint.txt\n");
        assertThat(cli.toFile().setExecutable(true)).isTrue();
        try (FakeApi github = new FakeApi(this::answer)) {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "SLUICE_CLI", cli.toString(),
                    "SLUICE_URL", "https://api.example.com",
                    "GITHUB_API_URL", github.url(),
                    "GITHUB_GRAPHQL_URL", github.url() + "/graphql",
                    "GITHUB_REPOSITORY", "acme/data",
                    "GITHUB_TOKEN", "t",
                    "GITHUB_EVENT_PATH", temporary.resolve("event.json").toString(),
                    "GITHUB_OUTPUT", temporary.resolve("output").toString(),
                    "GITHUB_STEP_SUMMARY", temporary.resolve("summary").toString(),
                    "RUNNER_TEMP", temporary.toString()));
            return new CliProcess(folder, environment)
                    .run(List.of(
                            "bash",
                            Path.of(".github/actions/sluice-plan/sluice-plan")
                                    .toAbsolutePath()
                                    .toString()));
        }
    }

    private Said answer(FakeApi.Asked asked) {
        if (asked.path().equals("/graphql")) {
            return viewer.isEmpty()
                    ? Said.json(401, "{}")
                    : Said.json(200, "{\"data\": {\"viewer\": {\"login\": \"" + viewer + "\"}}}");
        }
        if (!asked.method().equals("GET")) {
            written.add(asked.method() + " " + asked.path().replace("/repos/acme/data", ""));
        }
        if (asked.method().equals("POST") || asked.method().equals("PATCH")) {
            comments.addObject().put("id", 99).set("body", text(asked.body()));
            return Said.json(201, "{}");
        }
        return Said.json(200, comments.toString());
    }

    private static com.fasterxml.jackson.databind.JsonNode text(String body) {
        try {
            return JSON.readTree(body).path("body");
        } catch (IOException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private ObjectNode comment(int id, String login, String type, String body) {
        ObjectNode comment = comments.addObject().put("id", id).put("body", body);
        comment.putObject("user").put("login", login).put("type", type);
        return comment;
    }

    private String lastComment() {
        return comments.get(comments.size() - 1).path("body").asText();
    }

    /** The lines that a runner would take for commands, as it reads a log. */
    private static List<String> commands(String log) {
        List<String> commands = new ArrayList<>();
        String stopped = null;
        for (String line : log.split("\r\n|\r|\n")) {
            Matcher stop = Pattern.compile("::stop-commands::(\\S+)").matcher(line.strip());
            if (stopped == null && stop.matches()) {
                stopped = stop.group(1);
            } else if (line.strip().equals("::" + stopped + "::")) {
                stopped = null;
            } else if (stopped == null && (line.strip().startsWith("::") || line.contains("##["))) {
                commands.add(line);
            }
        }
        assertThat(stopped).as("commands stay stopped").isNull();
        return commands;
    }

    @Test
    void whatTheCommandLinePrintsIsNoCommandOfTheRunner() throws Exception {
        // Given
        lint = "::error file=a::b\n::add-mask::c\n##[set-output name=changes;]none\n::stop-commands::x\n";

        // When
        Ended ended = runs();

        // Then
        assertThat(ended.out()).contains("::add-mask::c", "##[set-output");
        assertThat(commands(ended.out())).isEmpty();
        assertThat(commands(ended.err())).isEmpty();
        assertThat(Files.readString(temporary.resolve("output"))).contains("changes=refused");
    }

    @Test
    void aFenceInAFindingDoesNotEndTheBlockOfTheComment() throws Exception {
        // Given
        lint = "a.yaml: error SLU-0006 x\n```\n@acme/everybody\n````\n![](https://tracker)\n```` \n";

        // When
        runs();

        // Then
        assertThat(lastComment()).contains("@acme/everybody");
        assertThat(CommonMarkLines.outsideBlocks(lastComment()))
                .contains("Nothing was planned.")
                .noneMatch(line -> line.contains("@acme") || line.contains("tracker"));
    }

    @Test
    void aPlanThatIsTooLongEndsWithABlockThatIsClosed() throws Exception {
        // Given
        plan = "### wiki: would become active\n\n`````diff\n" + "+ /a: \"```ä\"\n".repeat(10_000) + "`````\n";

        // When
        runs();

        // Then
        assertThat(lastComment()).hasSizeLessThan(65_536);
        assertThat(CommonMarkLines.outsideBlocks(lastComment())).anyMatch(line -> line.contains("The plan goes on"));
    }

    @Test
    void aCommentOfSomebodyElseIsLeftAloneWhateverItSays() throws Exception {
        // Given
        comment(1, "mallory", "User", MARKER + "\n### wiki: no changes");
        comment(2, "github-actions", "User", MARKER + "\n### wiki: no changes");
        comment(3, "github-actions[bot]", "Bot", "says something else");

        // When
        runs();

        // Then
        assertThat(written).containsExactly("POST /issues/7/comments");
    }

    @Test
    void theCommentOfAnEarlierRunIsRewritten() throws Exception {
        // Given
        comment(1, "mallory", "User", MARKER);
        comment(2, "github-actions[bot]", "Bot", MARKER + "\nold");

        // When
        runs();

        // Then
        assertThat(written).containsExactly("PATCH /issues/comments/2");
        assertThat(lastComment()).startsWith(MARKER).contains("### wiki: would become active");
    }

    @Test
    void aTokenOfAnotherUserFindsTheCommentsOfThatUser() throws Exception {
        // Given
        viewer = "acme-robot";
        comment(1, "github-actions[bot]", "Bot", MARKER);
        comment(2, "acme-robot", "User", MARKER);

        // When
        runs();

        // Then
        assertThat(written).containsExactly("PATCH /issues/comments/2");
    }

    @Test
    void whereGitHubDoesNotSayWhoATokenIsItIsTheOneOfActions() throws Exception {
        // Given
        viewer = "";
        comment(1, "mallory", "User", MARKER);
        comment(2, "github-actions[bot]", "Bot", MARKER);

        // When
        runs();

        // Then
        assertThat(written).containsExactly("PATCH /issues/comments/2");
    }

    /** Whoever may open a pull request must not get the rights of whoever may merge one. */
    @Test
    void theExampleWorkflowPlansAndAppliesWithDifferentRoles() throws Exception {
        // Given
        Map<String, Object> workflow;
        try (Reader file = Files.newBufferedReader(Path.of("docs/examples/sluice.yml"))) {
            workflow = new Yaml().load(file);
        }
        Map<?, ?> jobs = (Map<?, ?>) workflow.get("jobs");

        // When
        Map<?, ?> plans = (Map<?, ?>) jobs.get("plan");
        Map<?, ?> applies = (Map<?, ?>) jobs.get("apply");

        // Then
        assertThat(jobs).hasSize(2);
        assertThat(workflow.get("permissions")).isEqualTo(Map.of("contents", "read"));
        assertThat(plans.toString())
                .contains("if=github.event_name == 'pull_request'", "SLUICE_PLAN_ROLE", "pull-requests=write")
                .doesNotContain("SLUICE_APPLY_ROLE", "apply ");
        assertThat(applies.toString())
                .contains("if=github.event_name == 'push'", "environment=", "SLUICE_APPLY_ROLE", "sluice apply")
                .doesNotContain("SLUICE_PLAN_ROLE", "pull-requests");
    }
}
