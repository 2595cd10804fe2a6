package sluice.platform.druid;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.TimeChunk;

/** Every kind of answer that a real Druid 33 was seen to give. */
@QuarkusTest
class RestDruidClusterIT extends ConnectedTest {

    private static final String TASK = "/druid/indexer/v1/task";

    @Test
    void postsATask() {
        // Given
        DruidOnWire.SERVER.stubFor(post(urlEqualTo(TASK)).willReturn(okJson("{\"task\":\"t1\"}")));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t1", "{\"type\":\"noop\"}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t1"));
        DruidOnWire.SERVER.verify(postRequestedFor(urlEqualTo(TASK))
                .withHeader("Authorization", equalTo("Basic dXNlcjpzZWNyZXQ="))
                .withHeader("Accept", equalTo("application/json"))
                .withRequestBody(equalTo("{\"type\":\"noop\"}")));
    }

    @Test
    void recognisesBothWaysOfSayingThatATaskExists() {
        // Given
        String fromMetadata =
                "{\"error\":\"druidException\",\"errorCode\":\"entryAlreadyExists\",\"errorMessage\":\"Task[t1] already exists\"}";
        String fromQueue =
                "{\"error\":\"druidException\",\"errorCode\":\"invalidInput\",\"errorMessage\":\"Task [t1] already exists\"}";
        DruidOnWire.SERVER.stubFor(post(urlEqualTo(TASK))
                .inScenario("twice")
                .willReturn(okJson(fromMetadata).withStatus(400))
                .willSetStateTo("queue"));
        DruidOnWire.SERVER.stubFor(post(urlEqualTo(TASK))
                .inScenario("twice")
                .whenScenarioStateIs("queue")
                .willReturn(okJson(fromQueue).withStatus(400)));

        // When
        List<SubmitAnswer> answers =
                List.of(cluster.tasks().submit("t1", "{}"), cluster.tasks().submit("t1", "{}"));

        // Then
        assertThat(answers).containsOnly(new SubmitAnswer.AlreadyExists("t1"));
    }

    @Test
    void passesDruidsRefusalOnInItsOwnWords() {
        // Given
        DruidOnWire.SERVER.stubFor(post(urlEqualTo(TASK))
                .willReturn(
                        okJson("{\"error\":\"Cannot construct instance of X\"}").withStatus(400)));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t1", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Refused("Cannot construct instance of X"));
        DruidOnWire.SERVER.verify(1, postRequestedFor(urlEqualTo(TASK)));
    }

    @Test
    void doesNotTakeAnHtmlPageForAReport() {
        // Given: seen from a real Druid while it shut a task down
        DruidOnWire.SERVER.stubFor(get(urlPathEqualTo(TASK + "/t1/reports"))
                .willReturn(aResponse().withStatus(200).withBody("<html><body>HTTP ERROR 500</body></html>")));

        // When
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(
                () -> cluster.tasks().report("t1"));

        // Then
        assertThat(failure)
                .isInstanceOfSatisfying(DruidException.class, exception -> assertThat(exception.code())
                        .isEqualTo(DruidException.Code.UNEXPECTED))
                .hasMessageContaining("not JSON");
    }

    @Test
    void findsNoTaskWhereDruidAnswersInPlainText() {
        // Given
        DruidOnWire.SERVER.stubFor(get(urlPathEqualTo(TASK + "/nope"))
                .willReturn(aResponse().withStatus(404).withBody("Cannot find any task with id: [nope]")));

        // When
        var task = cluster.tasks().find("nope");

        // Then
        assertThat(task).isEmpty();
    }

    @Test
    void asksForThousandStatusesAtATime() {
        // Given
        DruidOnWire.SERVER.stubFor(post(urlEqualTo("/druid/indexer/v1/taskStatus"))
                .willReturn(okJson("{\"t1\":{\"id\":\"t1\",\"status\":\"SUCCESS\",\"duration\":1500}}")));
        List<String> ids = IntStream.range(0, 2_500).mapToObj(i -> "t" + i).toList();

        // When
        Map<String, TaskStatus> statuses = cluster.tasks().statuses(ids);

        // Then
        assertThat(statuses).containsOnlyKeys("t1");
        assertThat(statuses.get("t1").duration()).hasMillis(1500);
        DruidOnWire.SERVER.verify(3, postRequestedFor(urlEqualTo("/druid/indexer/v1/taskStatus")));
    }

    @Test
    void asksTheTaskTableForAThousandTasksAtATime() {
        // Given
        DruidOnWire.SERVER.stubFor(
                post(urlEqualTo("/druid/v2/sql")).willReturn(okJson("[{\"task_id\":\"t1\",\"status\":\"SUCCESS\"}]")));
        List<String> ids = IntStream.range(0, 2_500).mapToObj(i -> "t" + i).toList();

        // When
        Map<String, TaskStatus.Code> codes = cluster.taskTable().codes(ids);

        // Then
        assertThat(codes).containsExactly(Map.entry("t1", TaskStatus.Code.SUCCESS));
        DruidOnWire.SERVER.verify(3, postRequestedFor(urlEqualTo("/druid/v2/sql")));
    }

    @Test
    void noTaskWaitsForASlotWhereDruidAnswersTheCountWithoutARow() {
        // Given
        DruidOnWire.SERVER.stubFor(post(urlEqualTo("/druid/v2/sql")).willReturn(okJson("[]")));

        // When
        int pending = cluster.taskTable().pending();

        // Then
        assertThat(pending).isZero();
    }

    @Test
    void asksTheTaskTableForOtherTasksThatHaveNotEnded() {
        // Given
        answerTasks(
                """
                [{"task_id":"t2","status":"RUNNING"},
                 {"task_id":"t1","status":"RUNNING"},
                 {"task_id":"ended","status":"SUCCESS"}]
                """);

        // When
        Optional<List<String>> active = cluster.taskTable().activeWriters("wiki", "mine");

        // Then
        assertThat(active).contains(List.of("t1", "t2"));
        DruidOnWire.SERVER.verify(postRequestedFor(urlEqualTo("/druid/v2/sql"))
                .withRequestBody(matchingJsonPath(
                        "$.query",
                        containing(
                                "(\"group_id\" IS NULL OR \"group_id\" <> ?) AND (\"status\" = 'RUNNING' OR \"type\"")))
                .withRequestBody(matchingJsonPath("$.parameters[1].value", equalTo("mine"))));
    }

    @Test
    void aTaskTableWithoutAnyTaskOfTheDatasourceDoesNotSayThatNoneIsActive() {
        // Given
        answerTasks("[]");

        // When
        Optional<List<String>> active = cluster.taskTable().activeWriters("wiki", "mine");

        // Then
        assertThat(active).isEmpty();
    }

    @Test
    void tellsOtherWritersFromTheTaskAndItsSubtasks() {
        // Given: Druid leaves out the sub-tasks, which are of the task's group
        answerTasks(
                """
                [{"task_id":"mine","status":"FAILED","created_time":"2026-01-01T12:00:00.000Z","duration":1},
                 {"task_id":"running","status":"RUNNING","created_time":"2026-01-01T09:00:00.000Z","duration":-1},
                 {"task_id":"ended","status":"SUCCESS","created_time":"2026-01-01T11:59:59.000Z","duration":1001},
                 {"task_id":"before","status":"SUCCESS","created_time":"2026-01-01T11:59:59.000Z","duration":999}]
                """);

        // When
        Optional<List<String>> writers =
                cluster.taskTable().otherWriters("wiki", "mine", Instant.parse("2026-01-01T12:00:00Z"));

        // Then
        assertThat(writers).contains(List.of("ended", "running"));
        DruidOnWire.SERVER.verify(postRequestedFor(urlEqualTo("/druid/v2/sql"))
                .withRequestBody(matchingJsonPath(
                        "$.query", containing("(\"group_id\" IS NULL OR \"group_id\" <> ?) OR \"task_id\" = ?")))
                .withRequestBody(matchingJsonPath("$.parameters[1].value", equalTo("mine")))
                .withRequestBody(matchingJsonPath("$.parameters[2].value", equalTo("mine"))));
    }

    @Test
    void aTaskTableWithoutTheTaskItselfNamesNoOtherWriters() {
        // Given
        answerTasks("[]");

        // When
        Optional<List<String>> writers = cluster.taskTable().otherWriters("wiki", "mine", Instant.EPOCH);

        // Then
        assertThat(writers).isEmpty();
    }

    private static void answerTasks(String rows) {
        DruidOnWire.SERVER.stubFor(post(urlEqualTo("/druid/v2/sql"))
                .withRequestBody(containing("\"wiki\""))
                .willReturn(okJson(rows)));
    }

    @Test
    void neverShowsTheSecretOfACluster() {
        // Given
        DruidOnWire.SERVER.stubFor(
                post(urlEqualTo(TASK)).willReturn(aResponse().withStatus(401).withBody("who are you?")));

        // When
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(
                () -> cluster.tasks().submit("t1", "{}"));

        // Then
        assertThat(failure).hasMessageContaining("HTTP 401").hasMessageNotContaining("secret");
    }

    @Test
    void hidesItsCredentialsFromToString() {
        // Given
        Login login = new Login(Login.basic("user", "secret"), new PemTls("secret", "secret", "secret"));

        // When
        String text = login + " " + login.tls();

        // Then
        assertThat(text).doesNotContain("secret", "dXNlcjpzZWNyZXQ=");
    }

    @Test
    void readsFromBothServicesWhetherDruidPurgesByItself() {
        // Given
        properties("coordinator", okJson("{\"druid.coordinator.kill.on\":\"false\"}"));
        properties("overlord", okJson("{}"));

        // When
        AutoKill off = cluster.autoKill();
        properties("overlord", okJson("{\"druid.manager.segments.killUnused.enabled\":\"true\"}"));
        AutoKill inOverlord = cluster.autoKill();
        properties("coordinator", okJson("{\"druid.coordinator.kill.on\":\"true\"}"));
        AutoKill inCoordinator = cluster.autoKill();

        // Then
        assertThat(off).isEqualTo(new AutoKill.Off());
        assertThat(inOverlord).isEqualTo(new AutoKill.On("druid.manager.segments.killUnused.enabled"));
        assertThat(inCoordinator).isEqualTo(new AutoKill.On("druid.coordinator.kill.on"));
    }

    @ParameterizedTest
    @CsvSource({"True, true", "' TRUE ', true", "1, true", "yes, true", "False, false", "0, false", "'', false"})
    void whateverIsNotClearlyOffCountsAsOn(String value, boolean isOn) {
        // Given
        properties("coordinator", okJson("{\"druid.coordinator.kill.on\":\"" + value + "\"}"));
        properties("overlord", okJson("{}"));

        // When
        AutoKill autoKill = cluster.autoKill();

        // Then
        assertThat(autoKill).isEqualTo(isOn ? new AutoKill.On("druid.coordinator.kill.on") : new AutoKill.Off());
    }

    @Test
    void tellsWhoWroteASegment() {
        // Given: a published segment, and one that a stream's task reads, whose columns brokers do not know
        DruidOnWire.SERVER.stubFor(
                post(urlEqualTo("/druid/v2/sql"))
                        .willReturn(
                                okJson(
                                        """
                        [{"segment_id": "a", "start": "2026-01-01T00:00:00.000Z", "end": "2026-01-02T00:00:00.000Z",
                          "num_rows": 7, "is_realtime": 0, "dimensions": "[\\"page\\"]", "metrics": "[\\"count\\"]",
                          "compacted": 1},
                         {"segment_id": "b", "start": "2026-01-02T00:00:00.000Z", "end": "2026-01-03T00:00:00.000Z",
                          "num_rows": 2, "is_realtime": 1, "dimensions": null, "metrics": null, "compacted": 0}]
                        """)));

        // When
        List<WrittenSegment> segments = cluster.servedSegments()
                .written(
                        "wiki",
                        new TimeChunk(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-03T00:00:00Z")));

        // Then
        assertThat(segments)
                .containsExactly(
                        new WrittenSegment(
                                "a",
                                "2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z",
                                7,
                                false,
                                true,
                                Set.of("page", "count")),
                        new WrittenSegment(
                                "b", "2026-01-02T00:00:00.000Z/2026-01-03T00:00:00.000Z", 2, true, false, Set.of()));
    }

    @Test
    void believesTheEnvironmentWhereTheServicesMayNotBeAsked() {
        // Given
        properties("coordinator", aResponse().withStatus(403).withBody("Forbidden"));

        // When
        AutoKill silent = cluster.autoKill();
        AutoKill told = clusters.connect("closed").autoKill();

        // Then
        assertThat(silent).isInstanceOfSatisfying(AutoKill.Unknown.class, unknown -> assertThat(unknown.reason())
                .contains("HTTP 403"));
        assertThat(told).isEqualTo(new AutoKill.Off());
    }
}
