package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.platform.metric.RecordedMetrics;
import sluice.platform.secrets.SecretServer;
import sluice.platform.secrets.SecretsOverHttp;
import sluice.platform.state.PollSettings;
import sluice.simulation.DefaultSettings;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;

/** Secrets on their way from Secrets Manager and SSM to Druid, over HTTP and TLS on this machine. */
@QuarkusTest
class ClusterSecretsTest {

    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:druid-AbCdEf";
    private static final String READ = "GetSecretValue " + SECRET;
    private static final String KAFKA = "kafka-\\\"hunter2";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    @TempDir
    static Path otherFolder;

    private static TestCertificates ours;
    private static TestCertificates theirs;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final DruidStandIn druid = new DruidStandIn();
    private final SecretServer services = new SecretServer();
    private final SecretsOverHttp secrets = SecretsOverHttp.of(services, clock, "KAFKA=/kafka#password");

    @Inject
    TlsConfigurationRegistry tls;

    @BeforeAll
    static void makeCertificates() {
        ours = new TestCertificates(folder)
                .with("druid", "san=ip:127.0.0.1")
                .with("elsewhere", "san=dns:druid.example.com")
                .with("expired", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "1")
                .with("client", "eku=clientAuth");
        theirs = new TestCertificates(otherFolder)
                .with("druid", "san=ip:127.0.0.1")
                .with("client", "eku=clientAuth");
    }

    @BeforeEach
    void aSecretOfDefinitions() {
        services.holds("/kafka", "{\"password\": \"" + KAFKA + "\"}");
    }

    @AfterEach
    void stop() {
        druid.close();
        services.close();
    }

    private RestDruidCluster cluster(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("sluice.clusters.main.url", druid.url()));
        for (int index = 0; index < settings.length; index += 2) {
            all.put("sluice.clusters.main." + settings[index], settings[index + 1]);
        }
        ClustersConfig config = DefaultSettings.of(ClustersConfig.class, all);
        Clock clock = Clock.systemUTC();
        ClusterBreaker breaker = new ClusterBreaker(
                new InMemoryStateTable(clock),
                clock,
                DefaultSettings.of(PollSettings.class, Map.of()),
                new RecordedMetrics().metrics(clock));
        return new RestDruidClusters(
                        config,
                        tls,
                        secrets.store(),
                        secrets.mask(),
                        secrets.definitions(),
                        breaker,
                        new InvocationTime(clock))
                .connect("main");
    }

    /** How often the cluster's secret was read. */
    private List<String> reads() {
        return services.calls().stream().filter(READ::equals).toList();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String login(String password) {
        return "{\"username\": \"sluice\", \"password\": \"" + password + "\", \"engine\": \"of another application\"}";
    }

    @Test
    void aClusterGetsTheUserAndPasswordOfItsSecret() {
        // Given
        services.holds(SECRET, login("hunter2"));

        // When
        cluster("secret", SECRET).tasks().submit("t1", "{}");

        // Then
        assertThat(druid.authorizations()).containsExactly(basic("sluice", "hunter2"));
        assertThat(services.calls()).containsExactly(READ);
    }

    @Test
    void aClusterGetsTheTokenOfItsParameter() {
        // Given
        services.holds("/druid/main", "{\"bearerToken\": \"token-1\"}");

        // When
        cluster("secret", "/druid/main").tasks().submit("t1", "{}");

        // Then
        assertThat(druid.authorizations()).containsExactly("Bearer token-1");
        assertThat(services.calls()).containsExactly("GetParameter /druid/main decrypted");
    }

    @Test
    void aClusterWithoutASecretAsksForNone() {
        // When
        cluster().tasks().submit("t1", "{}");

        // Then
        assertThat(druid.authorizations()).containsExactly("");
        assertThat(services.calls()).isEmpty();
    }

    @Test
    void aRotatedPasswordIsReadAtOnceAndTheCallSucceeds() {
        // Given
        services.holds(SECRET, login("old-password"));
        RestDruidCluster cluster = cluster("secret", SECRET);
        druid.demands(basic("sluice", "old-password"));
        cluster.tasks().submit("t1", "{}");
        services.holds(SECRET, login("new-password"));
        druid.demands(basic("sluice", "new-password"));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t2", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t2"));
        assertThat(druid.authorizations())
                .containsExactly(
                        basic("sluice", "old-password"),
                        basic("sluice", "old-password"),
                        basic("sluice", "new-password"));
        assertThat(reads()).containsExactly(READ, READ);
    }

    @Test
    void aPasswordThatStaysWrongIsReadAgainOnceForManyCalls() {
        // Given
        services.holds(SECRET, login("wrong-password"));
        RestDruidCluster cluster = cluster("secret", SECRET);
        druid.demands("Bearer another");

        // When
        for (int call = 0; call < 10; call++) {
            DruidException refused = catchThrowableOfType(
                    DruidException.class, () -> cluster.tasks().submit("t1", "{}"));
            assertThat(refused.code()).isEqualTo(DruidException.Code.UNAUTHORIZED);
            assertThat(refused)
                    .hasMessageNotContainingAny(
                            "wrong-password", basic("sluice", "wrong-password").substring(6));
        }

        // Then
        assertThat(reads()).containsExactly(READ, READ);
        assertThat(druid.authorizations()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "{\"username\": \"sluice\", \"password\": \"hunter2\"",
                "[\"hunter2\"]",
                "{\"username\": \"hunter2\"}",
                "{\"password\": \"hunter2\"}",
                "{\"username\": \"sluice\", \"password\": \"hunter2\", \"bearerToken\": \"hunter2\"}",
                "{\"username\": 7, \"password\": \"hunter2\"}",
                "{\"clientKey\": \"hunter2\"}",
                "{\"user\": \"hunter2\"}"
            })
    void aSecretOfAnotherFormIsAnErrorThatNamesItAndQuotesNothing(String text) {
        // Given
        services.holds(SECRET, text);

        // When
        DruidException unusable = catchThrowableOfType(
                DruidException.class, () -> cluster("secret", SECRET).tasks().submit("t1", "{}"));

        // Then
        assertThat(unusable.code()).isEqualTo(DruidException.Code.UNAUTHORIZED);
        assertThat(unusable)
                .hasMessageContaining(SECRET)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
        assertThat(druid.bodies()).isEmpty();
    }

    @Test
    void aSecretThatMayNotBeReadIsAnErrorThatNamesIt() {
        // Given
        services.holds(SECRET, login("hunter2")).refuses(SECRET, "AccessDeniedException");

        // When
        DruidException unusable = catchThrowableOfType(
                DruidException.class, () -> cluster("secret", SECRET).tasks().submit("t1", "{}"));

        // Then
        assertThat(unusable.isTransient()).isTrue();
        assertThat(unusable)
                .hasMessageContainingAll(SECRET, "AccessDeniedException")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "secret, hunter2, SLUICE_CLUSTERS_MAIN_SECRET",
        "url, http://sluice:hunter2@druid.example.com, SLUICE_CLUSTERS_MAIN_URL",
        "overlord-url, http://sluice:hunter2@druid.example.com, SLUICE_CLUSTERS_MAIN_URL"
    })
    void aSecretInTheWrongSettingIsAnErrorThatDoesNotQuoteIt(String setting, String value, String name) {
        // When
        IllegalArgumentException wrong =
                catchThrowableOfType(IllegalArgumentException.class, () -> cluster(setting, value));

        // Then
        assertThat(wrong).hasMessageContaining(name).hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "bearer-token", "tls-configuration"})
    void aSecretExcludesTheOtherSettingsOfCredentials(String other) {
        // When
        IllegalArgumentException wrong = catchThrowableOfType(
                IllegalArgumentException.class, () -> cluster("secret", SECRET, other, "something"));

        // Then
        assertThat(wrong).hasMessageContaining("SLUICE_CLUSTERS_MAIN_SECRET excludes");
    }

    @Test
    void credentialsDoNotGoToAnotherMachineOverHttp() {
        // Given
        services.holds(SECRET, login("hunter2"));
        RestDruidCluster bySecret = cluster("secret", SECRET, "coordinator-url", "http://druid.example.com:8081");
        RestDruidCluster bySettings = cluster("username", "sluice", "url", "http://druid.example.com:8888");

        // When
        List<DruidException> refusals = List.of(
                catchThrowableOfType(
                        DruidException.class, () -> bySecret.tasks().submit("t1", "{}")),
                catchThrowableOfType(
                        DruidException.class, () -> bySettings.tasks().submit("t1", "{}")));

        // Then
        assertThat(refusals).allSatisfy(refused -> {
            assertThat(refused.code()).isEqualTo(DruidException.Code.UNAUTHORIZED);
            assertThat(refused)
                    .hasMessageContainingAll("druid.example.com", "SLUICE_CLUSTERS_MAIN_PLAINTEXT_CREDENTIALS=allowed");
        });
        assertThat(druid.bodies()).isEmpty();
    }

    @Test
    void credentialsGoOverHttpWhereTheConfigurationSaysSoInWords() {
        // Given
        services.holds(SECRET, login("hunter2"));
        RestDruidCluster cluster = cluster(
                "secret",
                SECRET,
                "coordinator-url",
                "http://druid.example.com:8081",
                "plaintext-credentials",
                "allowed");

        // When
        cluster.tasks().submit("t1", "{}");

        // Then
        assertThat(druid.authorizations()).containsExactly(basic("sluice", "hunter2"));
    }

    @Test
    void aRedirectIsNotFollowedWithCredentials() {
        // Given
        services.holds(SECRET, login("hunter2"));
        try (DruidStandIn elsewhere = new DruidStandIn()) {
            druid.redirects(elsewhere.url());

            // When
            DruidException refused = catchThrowableOfType(
                    DruidException.class,
                    () -> cluster("secret", SECRET).tasks().submit("t1", "{}"));

            // Then
            assertThat(refused.code()).isEqualTo(DruidException.Code.UNAVAILABLE);
            assertThat(elsewhere.bodies()).isEmpty();
        }
    }

    @Test
    void bothSidesShowCertificates() {
        // Given
        druid.speakTls(ours.server("druid", ours));
        services.holds(SECRET, tlsSecret(ours, ours));

        // When
        SubmitAnswer answer = secure().tasks().submit("t1", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t1"));
        assertThat(druid.authorizations()).containsExactly(basic("sluice", "hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"elsewhere", "expired"})
    void aServerWithAnotherNameOrAnOldCertificateGetsNoCredentials(String certificate) {
        // Given
        druid.speakTls(ours.server(certificate, ours));
        services.holds(SECRET, tlsSecret(ours, ours));

        // When
        DruidException refused = catchThrowableOfType(
                DruidException.class, () -> secure().tasks().submit("t1", "{}"));

        // Then
        assertThat(refused.code()).isEqualTo(DruidException.Code.UNAVAILABLE);
        assertThat(druid.authorizations()).isEmpty();
        assertThat(reads()).as("read again once, for all retries").containsExactly(READ, READ);
    }

    @Test
    void aServerOfAnotherAuthorityGetsNoCredentials() {
        // Given
        druid.speakTls(theirs.server("druid", ours));
        services.holds(SECRET, tlsSecret(ours, ours));

        // When
        DruidException refused = catchThrowableOfType(
                DruidException.class, () -> secure().tasks().submit("t1", "{}"));

        // Then
        assertThat(refused.code()).isEqualTo(DruidException.Code.UNAVAILABLE);
        assertThat(druid.authorizations()).isEmpty();
    }

    @Test
    void aRotatedAuthorityAndClientCertificateAreReadAtOnce() {
        // Given
        druid.speakTls(ours.server("druid", ours));
        services.holds(SECRET, tlsSecret(ours, ours));
        RestDruidCluster cluster = secure();
        cluster.tasks().submit("t1", "{}");
        druid.speakTls(theirs.server("druid", theirs));
        services.holds(SECRET, tlsSecret(theirs, theirs));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t2", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t2"));
    }

    @Test
    void aClientCertificateThatDruidNoLongerAcceptsIsReadAtOnce() {
        // Given
        druid.speakTls(ours.server("druid", ours));
        services.holds(SECRET, tlsSecret(ours, ours));
        RestDruidCluster cluster = secure();
        cluster.tasks().submit("t1", "{}");
        druid.speakTls(ours.server("druid", theirs));
        services.holds(SECRET, tlsSecret(ours, theirs));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t2", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t2"));
    }

    private RestDruidCluster secure() {
        return cluster("secret", SECRET, "url", "https://127.0.0.1:" + druid.port());
    }

    private static String tlsSecret(TestCertificates authority, TestCertificates client) {
        return JSON.createObjectNode()
                .put("username", "sluice")
                .put("password", "hunter2")
                .put("trustCertificates", authority.authority())
                .put("clientCertificate", client.certificate("client"))
                .put("clientKey", client.key("client"))
                .toString();
    }

    @Test
    void theSecretsOfASpecArePutInWhenItIsPosted() throws JsonProcessingException {
        // Given
        ObjectNode supervisor = (ObjectNode) JSON.readTree(
                "{'consumerProperties': {'sasl.jaas.config': 'password=${secret:KAFKA};', 'note': '${secret:KAFKA}'}}"
                        .replace('\'', '"'));

        // When
        cluster().settings().postSupervisor(supervisor);

        // Then
        JsonNode posted = JSON.readTree(druid.bodies().get(0)).path("consumerProperties");
        assertThat(posted.path("sasl.jaas.config").asText()).isEqualTo("password=kafka-\"hunter2;");
        assertThat(posted.path("note").asText())
                .as("nobody hides what stands here")
                .isEqualTo("${secret:KAFKA}");
    }

    @Test
    void aLiveSupervisorHasThePlaceholderOfTheCurrentSecretAndNotOfAnOldOne() throws JsonProcessingException {
        // Given
        druid.answers(
                200, "{\"password\": \"" + KAFKA + "\", \"name\": \"" + KAFKA + "\", \"a.secret\": \"old-password\"}");

        // When
        ObjectNode live = cluster().settings().supervisor("clicks").orElseThrow();

        // Then
        assertThat(live.path("password").asText()).isEqualTo("${secret:KAFKA}");
        assertThat(live.path("name").asText()).isEqualTo("kafka-\"hunter2");
        assertThat(live.path("a.secret").asText()).isEqualTo("old-password");
    }

    @Test
    void whatDruidSaysAboutASpecHasNoSecretAndNoPresignedAddress() {
        // Given
        services.holds(SECRET, login("druid-hunter2"));
        RestDruidCluster cluster = cluster("secret", SECRET);
        String text = "Cannot read [" + KAFKA.replace("\\\"", "\\\\\\\"")
                + "] (Path: https://landing.s3.amazonaws.com/a.json?X-Amz-Signature=abc&X-Amz-Credential=def)"
                + " via http://me:druid-hunter2@registry/x";
        druid.answers(400, "{\"error\": \"" + text + "\"}");

        // When
        SubmitAnswer answer = cluster.tasks().submit("t1", "{}");

        // Then
        assertThat(answer).isInstanceOfSatisfying(SubmitAnswer.Refused.class, refused -> assertThat(refused.message())
                .startsWith("Cannot read [")
                .contains("(Path: https://landing.s3.amazonaws.com/a.json)", "http://(hidden)@registry/x")
                .doesNotContain("hunter2", "X-Amz"));
    }

    @Test
    void whatEndedATaskHasNoSecretAndNoPresignedAddress() {
        // Given
        druid.answers(
                200,
                "{\"t1\": {\"id\": \"t1\", \"status\": \"FAILED\", \"duration\": 1, \"errorMsg\": \"Failed with "
                        + KAFKA + " at https://landing.s3.amazonaws.com/a.json?X-Amz-Signature=abc\"}}");

        // When
        Map<String, TaskStatus> statuses = cluster().tasks().statuses(Set.of("t1"));

        // Then
        assertThat(statuses.get("t1").error())
                .isEqualTo("Failed with ${secret:KAFKA} at https://landing.s3.amazonaws.com/a.json");
    }

    @Test
    void aReportHasNoSecretAndNoPresignedAddress() {
        // Given
        druid.answers(
                200,
                "{\"ingestionStatsAndErrors\": {\"payload\": {\"errorMsg\": \"" + KAFKA
                        + " https://landing.s3.amazonaws.com/a.json?X-Amz-Signature=abc\"}}}");

        // When
        TaskReport report = cluster().tasks().report("t1").orElseThrow();

        // Then
        assertThat(report.failure()).isEqualTo("${secret:KAFKA} https://landing.s3.amazonaws.com/a.json");
    }

    @Test
    void whatDruidSaysIsWithheldWhileASecretCannotBeReadToFindItInTheText() {
        // Given
        services.refuses("/kafka", "AccessDeniedException");
        druid.answers(400, "{\"error\": \"Cannot use " + KAFKA + "\"}");

        // When
        SubmitAnswer answer = cluster().tasks().submit("t1", "{}");

        // Then
        assertThat(answer).isInstanceOfSatisfying(SubmitAnswer.Refused.class, refused -> assertThat(refused.message())
                .contains("withheld", "/kafka")
                .doesNotContain("hunter2"));
    }

    @Test
    void aSpecIsNotPostedWithoutItsSecret() {
        // Given
        services.refuses("/kafka", "AccessDeniedException");

        // When
        DruidException failed = catchThrowableOfType(
                DruidException.class, () -> cluster().tasks().submit("t1", "{\"password\": \"${secret:KAFKA}\"}"));

        // Then
        assertThat(failed.isTransient()).isTrue();
        assertThat(failed).hasMessageContaining("/kafka");
        assertThat(druid.bodies()).isEmpty();
    }
}
