package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Asked;
import sluice.entry.cli.api.FakeApi.Said;

/** {@code redrive} and {@code doctor} against an API and queues that answer as a test says. */
class OperationCommandsTest {

    private static final String QUEUE = "sluice-generate-dead-letter";

    private final CapturedConsole console = new CapturedConsole();
    private final Map<String, String> answers = new TreeMap<>(
            Map.of(
                    "GetQueueUrl", "{\"QueueUrl\": \"http://sqs/1/" + QUEUE + "\"}",
                    "GetQueueAttributes",
                            "{\"Attributes\": {\"QueueArn\": \"arn:dead\", \"ApproximateNumberOfMessages\": \"2\"}}",
                    "ListQueues", "{\"QueueUrls\": [\"http://sqs/1/sluice-generate\", \"http://sqs/1/" + QUEUE + "\"]}",
                    "ListDeadLetterSourceQueues", "{\"queueUrls\": [\"http://sqs/1/sluice-generate\"]}",
                    "StartMessageMoveTask", "{\"TaskHandle\": \"h\"}",
                    "/v1/version", "{\"version\": \"0.1.0\", \"contracts\": [\"33\"]}",
                    "/v1/health", "{\"definitions\": 3, \"unreadable\": [], \"due\": 0}",
                    "/v1/clusters",
                            """
                    {"clusters": [{"name": "main", "reachable": true, "version": "33.0.0", "workerCapacity": 8,
                     "extensions": ["druid-s3-extensions"], "autoKill": "off", "contract": "33", "objectAccess": "s3"}]}
                    """));
    private final List<String> moves = new ArrayList<>();

    private int run(boolean isTerminal, String... arguments) {
        try (FakeApi aws = new FakeApi(this::answer)) {
            return console.run(
                    "",
                    Map.of("AWS_ENDPOINT_URL_SQS", aws.url(), "SLUICE_URL", aws.url()),
                    isTerminal,
                    List.of(arguments));
        }
    }

    private Said answer(Asked asked) {
        String action = asked.headers().getOrDefault("x-amz-target", "").replace("AmazonSQS.", "");
        if (action.equals("ListMessageMoveTasks")) {
            String move = moves.isEmpty() ? "" : moves.size() == 1 ? moves.get(0) : moves.remove(0);
            return Said.json(200, "{\"Results\": [" + move + "]}");
        }
        String answer = answers.get(action.isEmpty() ? asked.path() : action);
        return answer == null ? Said.json(400, "{\"message\": \"unknown " + action + "\"}") : Said.json(200, answer);
    }

    private static String move(int startedAt, String status, int moved) {
        return """
                {"StartedTimestamp": %d, "Status": "%s", "ApproximateNumberOfMessagesMoved": %d,
                 "ApproximateNumberOfMessagesToMove": 2}
                """
                .formatted(startedAt, status, moved);
    }

    private String out() {
        return console.out();
    }

    private String err() {
        return console.err();
    }

    @Test
    void redriveWaitsForItsOwnMoveAndNotForAnEarlierOne() {
        // Given
        moves.addAll(List.of(
                move(1, "COMPLETED", 900), move(1, "COMPLETED", 900), move(2, "RUNNING", 1), move(2, "COMPLETED", 2)));

        // When
        int status = run(false, "redrive", QUEUE);

        // Then
        assertThat(status).as(err()).isZero();
        assertThat(out()).isEqualToNormalizingNewlines(QUEUE + ": 2 messages moved back.\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void redriveShowsProgressOnATerminal() {
        // Given
        moves.addAll(List.of(move(1, "COMPLETED", 9), move(2, "RUNNING", 1), move(2, "COMPLETED", 2)));

        // When
        run(true, "redrive", QUEUE);

        // Then
        assertThat(err()).contains("moved 1 of 2");
    }

    @Test
    void redriveStartsNoSecondMove() {
        // Given
        answers.remove("StartMessageMoveTask");
        moves.addAll(List.of(move(2, "RUNNING", 1), move(2, "COMPLETED", 2)));

        // When
        int status = run(false, "redrive", QUEUE);

        // Then
        assertThat(status).as(err()).isZero();
        assertThat(err()).contains("somebody is moving these messages already");
    }

    @Test
    void redriveSaysWhyAMoveFailed() {
        // Given
        moves.addAll(
                List.of("{}", "{\"StartedTimestamp\": 3, \"Status\": \"FAILED\", \"FailureReason\": \"no right\"}"));

        // When
        int status = run(false, "redrive", QUEUE);

        // Then
        assertThat(status).isEqualTo(Main.FAILED);
        assertThat(err()).contains("FAILED", "no right");
    }

    @Test
    void redriveRefusesAQueueWhoseMessagesBelongNowhere() {
        // Given
        answers.put("ListDeadLetterSourceQueues", "{\"queueUrls\": []}");

        // When
        int status = run(false, "redrive", QUEUE);

        // Then
        assertThat(status).isEqualTo(Main.FAILED);
        assertThat(err()).contains("is not the dead-letter queue of another queue");
    }

    @Test
    void doctorSaysThatNothingIsWrong() {
        // Given
        answers.put("GetQueueAttributes", "{\"Attributes\": {\"ApproximateNumberOfMessages\": \"0\"}}");

        // When
        int status = run(false, "doctor");

        // Then
        assertThat(status).as(out()).isZero();
        assertThat(out())
                .contains("ok    cluster main is Druid 33.0.0", QUEUE + " is empty", "Nothing is wrong.")
                .doesNotContain("wrong ", "\u001B");
    }

    @Test
    void doctorNamesEveryFaultAndTheWayOut() {
        // Given
        answers.put(
                "/v1/health",
                """
                {"definitions": 1, "unreadable": [{"name": "a.yaml", "problem": "a.yaml: SLU-0101"}], "due": 7,
                 "oldestDue": {"item": "run#x run", "since": "2026-01-01T00:00:00Z", "late": "PT2H"}}
                """);
        answers.put(
                "/v1/clusters",
                """
                {"clusters": [
                 {"name": "gone", "reachable": false, "error": "refused", "contract": "33", "objectAccess": "s3"},
                 {"name": "small", "reachable": true, "version": "37.0.0", "workerCapacity": 1, "extensions": [],
                  "autoKill": "druid.coordinator.kill.on", "contract": "33", "objectAccess": "s3"}]}
                """);

        // When
        int status = run(true, "doctor");

        // Then
        assertThat(status).isEqualTo(Main.BAD);
        assertThat(out())
                .contains(
                        "the oldest due item waits since 2026-01-01T00:00:00Z: run#x run",
                        "a.yaml: SLU-0101",
                        "cluster gone cannot be reached: refused",
                        "cluster small runs 1 tasks at once",
                        "cluster small has not loaded druid-s3-extensions",
                        "cluster small may delete unused segments itself (druid.coordinator.kill.on)",
                        "cluster small is checked against the contract of Druid 33",
                        "then: sluice redrive " + QUEUE,
                        "\u001B[31mwrong\u001B[0m");
        assertThat(out().lines().filter(line -> line.contains("wrong\u001B")).count())
                .isEqualTo(out().lines().filter(line -> line.contains("-> ")).count()
                        - out().lines()
                                .filter(line -> line.contains("note\u001B"))
                                .count());
    }

    @Test
    void doctorGoesOnWhenTheApiDoesNotAnswer() {
        // Given
        answers.remove("/v1/version");

        // When
        int status = run(false, "doctor");

        // Then
        assertThat(status).isEqualTo(Main.BAD);
        assertThat(out()).contains("wrong API: ", QUEUE + " has 2 messages");
    }

    @Test
    void lintAsksTheEnvironmentForVersionAndExtensions(@TempDir Path folder) throws IOException {
        // Given
        Path spec = Files.writeString(
                folder.resolve("spec.json"),
                Files.readString(Path.of("src/test/resources/contract/index-parallel.json"))
                        .replaceFirst(
                                "\"metricsSpec\"\\s*:\\s*\\[",
                                "\"metricsSpec\": [{\"type\": \"variance\", \"name\": \"v\","
                                        + " \"fieldName\": \"x\"},"));
        answers.put(
                "/v1/clusters",
                """
                {"clusters": [
                 {"name": "main", "reachable": true, "contract": "33", "extensions": ["druid-s3-extensions"]},
                 {"name": "new", "reachable": true, "contract": "37", "extensions": []},
                 {"name": "down", "reachable": false, "contract": "33", "error": "refused"}]}
                """);

        // When
        int several = run(false, "lint", "--druid", "auto", spec.toString());
        int loads = run(false, "lint", "--druid", "auto", "--cluster", "main", spec.toString());
        int other = run(false, "lint", "--druid", "auto", "--cluster", "none", spec.toString());
        int down = run(false, "lint", "--druid", "auto", "--cluster", "down", spec.toString());

        // Then
        assertThat(several).isEqualTo(Main.UNUSABLE);
        assertThat(loads).isEqualTo(Main.BAD);
        assertThat(other).isEqualTo(Main.UNUSABLE);
        assertThat(down).isEqualTo(Main.UNUSABLE);
        assertThat(out()).contains("the cluster does not load druid-stats").doesNotContain("druid-s3-extensions");
        assertThat(err())
                .contains("needs --cluster with one of main, new, down", "no cluster 'none'", "down does not answer");
    }

    @Test
    void theOnlyClusterNeedsNoName(@TempDir Path folder) throws IOException {
        // Given
        Path spec = Files.writeString(
                folder.resolve("spec.json"),
                "{\"type\": \"index_hadoop\", \"spec\": {\"dataSchema\": {\"dataSource\": \"a\"}}}");
        answers.put(
                "/v1/clusters",
                "{\"clusters\": [{\"name\": \"new\", \"reachable\": true, \"contract\": \"37\", \"extensions\": []}]}");

        // When
        int status = run(false, "lint", "--druid", "auto", spec.toString());

        // Then
        assertThat(status).isEqualTo(Main.BAD);
        assertThat(out()).contains("SLU-1015").contains("/type");
    }
}
