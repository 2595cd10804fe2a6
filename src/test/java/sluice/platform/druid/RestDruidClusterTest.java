package sluice.platform.druid;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.TimeChunk;
import sluice.platform.metric.RecordedMetrics;
import sluice.platform.secrets.DefinitionSecrets;
import sluice.platform.secrets.SecretMask;
import sluice.platform.secrets.SecretStore;
import sluice.platform.state.PollSettings;
import sluice.platform.state.StateTable;
import sluice.simulation.DefaultSettings;
import sluice.simulation.InMemoryStateTable;

/** Every kind of answer that a real Druid 33 was seen to give, and the moods of a network. */
@QuarkusTest
@QuarkusTestResource(RestDruidClusterTest.Druid.class)
class RestDruidClusterTest {

    private static final String TASK = "/druid/indexer/v1/task";
    private static final WireMockServer DRUID =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private static final HungServer HUNG = HungServer.start();

    @Inject
    ClustersConfig config;

    @Inject
    TlsConfigurationRegistry tls;

    @Inject
    SecretStore secrets;

    @Inject
    SecretMask mask;

    @Inject
    DefinitionSecrets definitionSecrets;

    private final Clock clock = Clock.systemUTC();
    /** Each test has its own table, because the breaker remembers. */
    private final StateTable table = new InMemoryStateTable(clock);

    private RestDruidClusters clusters;
    private RestDruidCluster cluster;

    @BeforeEach
    void aClusterWithoutAnOutage() {
        DRUID.resetAll();
        clusters = process(Duration.ofMinutes(1));
        cluster = clusters.connect("main");
    }

    @Test
    void postsATask() {
        // Given
        DRUID.stubFor(post(urlEqualTo(TASK)).willReturn(okJson("{\"task\":\"t1\"}")));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t1", "{\"type\":\"noop\"}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t1"));
        DRUID.verify(postRequestedFor(urlEqualTo(TASK))
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
        DRUID.stubFor(post(urlEqualTo(TASK))
                .inScenario("twice")
                .willReturn(okJson(fromMetadata).withStatus(400))
                .willSetStateTo("queue"));
        DRUID.stubFor(post(urlEqualTo(TASK))
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
        DRUID.stubFor(post(urlEqualTo(TASK))
                .willReturn(
                        okJson("{\"error\":\"Cannot construct instance of X\"}").withStatus(400)));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t1", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Refused("Cannot construct instance of X"));
        DRUID.verify(1, postRequestedFor(urlEqualTo(TASK)));
    }

    @Test
    void triesAgainWhenDruidIsNotThereForAMoment() {
        // Given
        DRUID.stubFor(post(urlEqualTo(TASK))
                .inScenario("restart")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("starting"));
        DRUID.stubFor(post(urlEqualTo(TASK))
                .inScenario("restart")
                .whenScenarioStateIs("starting")
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("up"));
        DRUID.stubFor(post(urlEqualTo(TASK))
                .inScenario("restart")
                .whenScenarioStateIs("up")
                .willReturn(okJson("{\"task\":\"t1\"}")));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t1", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t1"));
    }

    @Test
    void asksNoMoreWhenNeitherTheCallNorAProbeIsAnswered() {
        // Given
        DRUID.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        assertThatThrownBy(() -> cluster.tasks().submit("t1", "{}")).isInstanceOf(DruidException.class);
        int before =
                DRUID.countRequestsMatching(anyRequestedFor(anyUrl()).build()).getCount();

        // When
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(
                () -> cluster.tasks().find("t1"));

        // Then
        assertThat(failure)
                .isInstanceOfSatisfying(DruidException.class, exception -> assertThat(exception.code())
                        .isEqualTo(DruidException.Code.UNAVAILABLE))
                .hasMessageContaining("not asked");
        assertThat(DRUID.countRequestsMatching(anyRequestedFor(anyUrl()).build())
                        .getCount())
                .isEqualTo(before);
    }

    @Test
    void oneServiceThatDoesNotAnswerIsNoOutageOfTheCluster() {
        // Given
        DRUID.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        DRUID.stubFor(get(urlEqualTo("/druid/indexer/v1/leader")).willReturn(okJson("\"http://overlord:8090\"")));

        // When
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(
                () -> cluster.tasks().find("t1"));

        // Then
        assertThat(failure).hasMessageContaining("HTTP 503");
        assertThat(cluster.outage()).isEmpty();
    }

    @Test
    void doesNotTakeAnHtmlPageForAReport() {
        // Given: seen from a real Druid while it shut a task down
        DRUID.stubFor(get(urlPathEqualTo(TASK + "/t1/reports"))
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
        DRUID.stubFor(get(urlPathEqualTo(TASK + "/nope"))
                .willReturn(aResponse().withStatus(404).withBody("Cannot find any task with id: [nope]")));

        // When
        var task = cluster.tasks().find("nope");

        // Then
        assertThat(task).isEmpty();
    }

    @Test
    void asksForThousandStatusesAtATime() {
        // Given
        DRUID.stubFor(post(urlEqualTo("/druid/indexer/v1/taskStatus"))
                .willReturn(okJson("{\"t1\":{\"id\":\"t1\",\"status\":\"SUCCESS\",\"duration\":1500}}")));
        List<String> ids = IntStream.range(0, 2_500).mapToObj(i -> "t" + i).toList();

        // When
        Map<String, TaskStatus> statuses = cluster.tasks().statuses(ids);

        // Then
        assertThat(statuses).containsOnlyKeys("t1");
        assertThat(statuses.get("t1").duration()).hasMillis(1500);
        DRUID.verify(3, postRequestedFor(urlEqualTo("/druid/indexer/v1/taskStatus")));
    }

    @Test
    void asksTheTaskTableForAThousandTasksAtATime() {
        // Given
        DRUID.stubFor(
                post(urlEqualTo("/druid/v2/sql")).willReturn(okJson("[{\"task_id\":\"t1\",\"status\":\"SUCCESS\"}]")));
        List<String> ids = IntStream.range(0, 2_500).mapToObj(i -> "t" + i).toList();

        // When
        Map<String, TaskStatus.Code> codes = cluster.taskTable().codes(ids);

        // Then
        assertThat(codes).containsExactly(Map.entry("t1", TaskStatus.Code.SUCCESS));
        DRUID.verify(3, postRequestedFor(urlEqualTo("/druid/v2/sql")));
    }

    @Test
    void noTaskWaitsForASlotWhereDruidAnswersTheCountWithoutARow() {
        // Given
        DRUID.stubFor(post(urlEqualTo("/druid/v2/sql")).willReturn(okJson("[]")));

        // When
        int pending = cluster.taskTable().pending();

        // Then
        assertThat(pending).isZero();
    }

    @Test
    void asksTheTaskTableForOtherTasksThatHaveNotEnded() {
        // Given
        DRUID.stubFor(post(urlEqualTo("/druid/v2/sql"))
                .withRequestBody(containing("= 'RUNNING'"))
                .withRequestBody(containing("\"wiki\""))
                .withRequestBody(containing("\"mine\""))
                .willReturn(okJson("[{\"task_id\":\"t2\"},{\"task_id\":\"t1\"}]")));

        // When
        List<String> active = cluster.taskTable().activeWriters("wiki", "mine");

        // Then
        assertThat(active).containsExactly("t1", "t2");
    }

    @Test
    void tellsOtherWritersFromTheTaskAndItsSubtasks() {
        // Given
        answerTasks(
                """
                [{"task_id":"mine","group_id":"mine","status":"FAILED","created_time":"2026-01-01T12:00:00.000Z","duration":1},
                 {"task_id":"sub","group_id":"mine","status":"RUNNING","created_time":"2026-01-01T12:00:00.000Z","duration":-1},
                 {"task_id":"running","group_id":"running","status":"RUNNING","created_time":"2026-01-01T09:00:00.000Z","duration":-1},
                 {"task_id":"ended","group_id":"ended","status":"SUCCESS","created_time":"2026-01-01T11:59:59.000Z","duration":1001},
                 {"task_id":"before","group_id":"before","status":"SUCCESS","created_time":"2026-01-01T11:59:59.000Z","duration":999}]
                """);

        // When
        Optional<List<String>> writers =
                cluster.taskTable().otherWriters("wiki", "mine", Instant.parse("2026-01-01T12:00:00Z"));

        // Then
        assertThat(writers).contains(List.of("ended", "running"));
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
        DRUID.stubFor(post(urlEqualTo("/druid/v2/sql"))
                .withRequestBody(containing("\"wiki\""))
                .willReturn(okJson(rows)));
    }

    @Test
    void neverShowsTheSecretOfACluster() {
        // Given
        DRUID.stubFor(
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
        DRUID.stubFor(
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
    void callsThatListSegmentsHaveALimitOfTheirOwn() {
        // Given: a broker that takes longer than a call may, but not longer than a list of segments may
        DRUID.stubFor(post(urlEqualTo("/druid/v2/sql")).willReturn(okJson("[]").withFixedDelay(1_500)));
        DruidCluster brief = clusters.connect("brief");

        // When
        List<ChunkTotals> totals = brief.segmentCatalog().totals("wiki", null, 10);
        DruidException other = catchThrowableOfType(
                DruidException.class, () -> brief.servedSegments().anyActive("wiki"));

        // Then
        assertThat(totals).isEmpty();
        assertThat(other.code()).isEqualTo(DruidException.Code.TIMED_OUT);
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

    @Test
    void aClusterThatIsDownDoesNotCountAsOneThatSaysNothing() {
        // Given
        properties("coordinator", aResponse().withStatus(503));

        // When
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(
                () -> clusters.connect("closed").autoKill());

        // Then
        assertThat(failure).isInstanceOfSatisfying(DruidException.class, exception -> assertThat(exception.code())
                .isEqualTo(DruidException.Code.UNAVAILABLE));
    }

    @Test
    void aCallWithoutAnAnswerIsMadeOnceAndFollowedByAProbe() {
        // Given
        int before = HUNG.connections();

        // When
        DruidException failure = failure(clusters.connect("hung"));

        // Then
        assertThat(failure.code()).isEqualTo(DruidException.Code.TIMED_OUT);
        assertThat(HUNG.connections()).isEqualTo(before + 2);
    }

    @Test
    void aCallTakesNoLongerThanTheInvocationHasLeft() {
        // Given
        DruidCluster patient = process(Duration.ofMillis(300)).connect("patient");
        Instant begun = clock.instant();

        // When
        DruidException failure = failure(patient);

        // Then
        assertThat(failure.code()).isEqualTo(DruidException.Code.TIMED_OUT);
        assertThat(Duration.between(begun, clock.instant()))
                .isLessThan(config.byName().get("patient").timeout());
    }

    @Test
    void noCallIsMadeWhenTheInvocationHasNoTimeLeft() {
        // Given
        int before = HUNG.connections();

        // When
        DruidException failure = failure(process(Duration.ZERO).connect("hung"));

        // Then
        assertThat(failure).hasMessageContaining("no time left");
        assertThat(HUNG.connections()).isEqualTo(before);
    }

    @Test
    void oneCallInVainKeepsEveryProcessFromAsking() {
        // Given
        failure(clusters.connect("hung"));
        DruidCluster ofAnother = process(Duration.ofMinutes(1)).connect("hung");
        int before = HUNG.connections();

        // When
        List<DruidException> failures =
                IntStream.range(0, 20).mapToObj(call -> failure(ofAnother)).toList();

        // Then
        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("not asked, because it has not"));
        assertThat(HUNG.connections()).isEqualTo(before);
        assertThat(ofAnother.outage()).isPresent();
    }

    /** The clusters as a process sees them, in an invocation that has so much time left. */
    private RestDruidClusters process(Duration left) {
        InvocationTime time = new InvocationTime(clock);
        time.endsAt(clock.instant().plus(left));
        ClusterBreaker breaker = new ClusterBreaker(
                table,
                clock,
                DefaultSettings.of(PollSettings.class, Map.of("sluice.poll.min-interval", "PT1M")),
                new RecordedMetrics().metrics(clock));
        return new RestDruidClusters(config, tls, secrets, mask, definitionSecrets, breaker, time);
    }

    private static DruidException failure(DruidCluster asked) {
        return catchThrowableOfType(DruidException.class, () -> asked.tasks().find("t1"));
    }

    private static void properties(String service, ResponseDefinitionBuilder answer) {
        DRUID.stubFor(
                get(urlEqualTo("/proxy/" + service + "/status/properties")).willReturn(answer));
    }

    /** A Druid whose answers the test decides. */
    public static class Druid implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            DRUID.start();
            return Map.ofEntries(
                    Map.entry("sluice.clusters.main.url", DRUID.baseUrl()),
                    Map.entry("sluice.clusters.main.username", "user"),
                    Map.entry("sluice.clusters.main.password", "secret"),
                    Map.entry("sluice.clusters.closed.url", DRUID.baseUrl()),
                    Map.entry("sluice.clusters.brief.url", DRUID.baseUrl()),
                    Map.entry("sluice.clusters.brief.timeout", "PT0.5S"),
                    Map.entry("sluice.clusters.brief.inventory-timeout", "PT30S"),
                    Map.entry("sluice.clusters.hung.url", HUNG.url()),
                    Map.entry("sluice.clusters.hung.timeout", "PT2S"),
                    Map.entry("sluice.clusters.patient.url", HUNG.url()),
                    Map.entry("sluice.clusters.patient.timeout", "PT1M"),
                    Map.entry("sluice.clusters.closed.auto-kill", "off"),
                    Map.entry("sluice.table", "sluice"),
                    Map.entry("sluice.bus", "sluice"),
                    Map.entry("quarkus.funqy.export", "poll"),
                    Map.entry("sluice.definitions", "src/test/resources"));
        }

        @Override
        public void stop() {
            DRUID.stop();
            HUNG.stop();
        }
    }
}
