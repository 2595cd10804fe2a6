package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.entry.gate.InMemoryGate.Reply;
import sluice.simulation.Beans;
import sluice.simulation.DefaultSettings;

/** Who may do what. */
class AuthorizationTest {

    private static final String READER = "arn:aws:sts::123456789012:assumed-role/reader/me";
    private static final String WIKI_TEAM = "arn:aws:sts::123456789012:assumed-role/wiki-team/me";
    private static final String ADMIN = "arn:aws:iam::123456789012:user/admin";
    private static final String ROLES =
            """
            [{"principals": ["arn:aws:sts::123456789012:assumed-role/reader/*"], "roles": ["read"]},
             {"principals": ["arn:aws:sts::123456789012:assumed-role/wiki-team/*"],
              "roles": ["read", "plan", "apply", "operate"], "datasources": ["wiki*"]},
             {"principals": ["arn:aws:iam::123456789012:user/admin"],
              "roles": ["read", "plan", "apply", "operate", "destroy"]},
             {"claims": {"iss": "https://ci.example.com", "groups": "data"}, "roles": ["read", "plan"],
              "datasources": ["wiki"]}]
            """;
    private static final String WIKI = InMemoryGate.definition("wiki", "NONE");
    private static final String NEWS = InMemoryGate.definition("news", "NONE");
    private final InMemoryGate gate = new InMemoryGate(Map.of("sluice.gate.roles", ROLES));

    private int status(String arn, String method, String path, String body) {
        return gate.call(method, path, body).as(arn).send().status();
    }

    private void define() {
        assertThat(status(ADMIN, "PUT", "/v1/definitions/wiki", WIKI)).isEqualTo(201);
        assertThat(status(ADMIN, "PUT", "/v1/definitions/news", NEWS)).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/clusters", "PUT, /v1/definitions/wiki", "GET, /v1/nothing", "DELETE, /v1/runs"})
    void whoeverNobodyHasAuthenticatedIsRefused(String method, String path) {
        // When
        Reply reply = gate.call(method, path, WIKI).send();

        // Then
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.detail()).contains("authorizer");
    }

    @Test
    void aTokenWithoutASubjectAndAnAuthorizerWithoutAnArnAuthenticateNobody() {
        assertThat(gate.get("/v1/clusters").with(Map.of("iss", "x")).send().status())
                .isEqualTo(401);
        assertThat(gate.get("/v1/clusters").as(null).send().status()).isEqualTo(401);
        assertThat(gate.get("/v1/clusters").as("").send().status()).isEqualTo(401);
    }

    @Test
    void anOpenGateLetsThemInAndOthersKeepTheirRoles() {
        // Given
        InMemoryGate open = new InMemoryGate(Map.of("sluice.gate.roles", ROLES, "sluice.gate.open", "true"));

        // When
        Reply anonymous = open.call("PUT", "/v1/definitions/wiki", WIKI).send();
        Reply reader = open.call("PUT", "/v1/definitions/wiki", WIKI).as(READER).send();

        // Then
        assertThat(anonymous.status()).isEqualTo(201);
        assertThat(reader.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/clusters, 200",
        "GET, /v1/definitions, 200",
        "GET, /v1/definitions/wiki, 200",
        "GET, /v1/runs/none, 404",
        "GET, /v1/retention/reports, 200",
        "POST, /v1/lint, 403",
        "POST, /v1/plan, 403",
        "POST, /v1/retention/plan, 403",
        "PUT, /v1/definitions/wiki, 403",
        "POST, /v1/definitions/wiki/rollback, 403",
        "POST, /v1/runs, 403",
        "POST, /v1/runs/none/cancel, 403",
        "POST, /v1/retention/sweeps, 403"
    })
    void aReaderReads(String method, String path, int status) {
        // Given
        define();

        // When, Then
        assertThat(status(READER, method, path, method.equals("GET") ? null : WIKI))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /v1/definitions/{}                 |                                          | 200",
                "GET  | /v1/definitions/{}/versions        |                                          | 200",
                "GET  | /v1/definitions/{}/versions/1      |                                          | 200",
                "GET  | /v1/definitions/{}/history         |                                          | 200",
                "GET  | /v1/definitions/{}/rollbacks/1     |                                          | 404",
                "GET  | /v1/datasources/{}/clusters        |                                          | 200",
                "GET  | /v1/runs?datasource={}             |                                          | 200",
                "GET  | /v1/retention/reports?datasource={}|                                          | 200",
                "POST | /v1/retention/plan                 | {\"datasource\": \"{}\"}                 | 404",
                "POST | /v1/retention/sweeps               | {\"datasource\": \"{}\", \"reason\": \"r\"} | 404",
                "POST | /v1/definitions/{}/rollback        | {\"reason\": \"r\", \"data\": true}      | 428",
                "POST | /v1/runs | {\"datasource\": \"{}\", \"interval\": \"2026-01-01/2026-01-02\"} | 422"
            })
    void aTeamWorksWithItsOwnDatasourcesOnly(String method, String path, String body, int status) {
        // Given
        define();

        // When
        Reply own = send(method, path.replace("{}", "wiki"), body == null ? null : body.replace("{}", "wiki"));
        Reply other = send(method, path.replace("{}", "news"), body == null ? null : body.replace("{}", "news"));

        // Then
        assertThat(own.status()).as(own.text()).isEqualTo(status);
        assertThat(other.status()).as(other.text()).isEqualTo(403);
        assertThat(other.detail()).contains("news");
    }

    private Reply send(String method, String path, String body) {
        String[] parts = path.split("\\?datasource=");
        InMemoryGate.Call call = gate.call(method, parts[0], body).as(WIKI_TEAM);
        return (parts.length == 1 ? call : call.query("datasource", parts[1])).send();
    }

    @Test
    void aListHasOnlyWhatTheCallerMaySee() {
        // Given
        define();

        // When
        Reply reply = gate.get("/v1/definitions").as(WIKI_TEAM).send();

        // Then
        assertThat(reply.json().path("definitions").findValuesAsText("datasource"))
                .containsExactly("wiki");
    }

    @Test
    void whatConcernsAllDatasourcesNeedsTheRoleForAll() {
        // When
        Reply reports = gate.get("/v1/retention/reports").as(WIKI_TEAM).send();
        Reply plan = gate.call("POST", "/v1/retention/plan", "{}").as(WIKI_TEAM).send();

        // Then
        assertThat(reports.status()).isEqualTo(403);
        assertThat(reports.detail()).contains("for all datasources", "name a datasource");
        assertThat(plan.status()).isEqualTo(403);
    }

    @Test
    void aPlanOfAnotherTeamsDatasourceIsRefused() {
        assertThat(status(WIKI_TEAM, "POST", "/v1/plan", WIKI)).isEqualTo(200);
        assertThat(status(WIKI_TEAM, "POST", "/v1/plan", NEWS)).isEqualTo(403);
        assertThat(status(WIKI_TEAM, "POST", "/v1/lint", NEWS)).isEqualTo(200);
    }

    @Test
    void aRunAndAnObjectBelongToTheirDatasource() {
        // Given
        define();
        gate.upload("news/dt=2026-01-01/a.json");
        Reply ordered = gate.call(
                        "POST", "/v1/runs", "{\"datasource\": \"news\", \"interval\": \"2026-01-01/2026-01-02\"}")
                .as(ADMIN)
                .send();
        String run = ordered.json().at("/runs/0/id").asText();

        // When
        int seen = status(WIKI_TEAM, "GET", "/v1/runs/" + run, null);
        int cancelled = status(WIKI_TEAM, "POST", "/v1/runs/" + run + "/cancel", "{}");
        int object = object(WIKI_TEAM);
        int objectOfAdmin = object(ADMIN);

        // Then
        assertThat(ordered.status()).as(ordered.text()).isEqualTo(201);
        assertThat(seen).isEqualTo(403);
        assertThat(cancelled).isEqualTo(403);
        assertThat(object).isEqualTo(404);
        assertThat(objectOfAdmin).isEqualTo(200);
    }

    private int object(String arn) {
        return gate.get("/v1/objects")
                .query("bucket", InMemoryGate.LANDING)
                .query("key", "news/dt=2026-01-01/a.json")
                .as(arn)
                .send()
                .status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"mostShare\": 0.9", "\"orphan\": true", "\"notLoaded\": true"})
    void aSweepBeyondTheLimitsNeedsDestroy(String more) {
        // Given
        String body = "{\"datasource\": \"wiki\", \"reason\": \"r\", " + more + "}";

        // When, Then
        assertThat(status(WIKI_TEAM, "POST", "/v1/retention/sweeps", body)).isEqualTo(403);
        assertThat(status(ADMIN, "POST", "/v1/retention/sweeps", body)).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"mostShare\": 0.9 | SLUICE_RETENTION_REQUEST_MAX_SHARE",
                "\"orphan\": true   | SLUICE_RETENTION_REQUEST_ORPHANS"
            })
    void nobodyExceedsTheCapOfTheEnvironment(String more, String setting) {
        // Given
        InMemoryGate capped = new InMemoryGate(Map.of(
                "sluice.gate.open", "true",
                "sluice.retention.request-max-share", "0.8",
                "sluice.retention.request-orphans", "false"));

        // When
        Reply reply = capped.call(
                        "POST", "/v1/retention/sweeps", "{\"datasource\": \"wiki\", \"reason\": \"r\", " + more + "}")
                .as(ADMIN)
                .send();

        // Then
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.detail()).contains(setting);
    }

    @Test
    void aTokenMatchesAllClaimsOfAnEntry() {
        // Given
        Map<String, Object> right = Map.of("sub", "x", "iss", "https://ci.example.com", "groups", "[ops data]");

        // When, Then
        assertThat(lint(right)).isEqualTo(200);
        assertThat(lint(Map.of("sub", "x", "iss", "https://ci.example.com", "groups", "data")))
                .isEqualTo(200);
        assertThat(lint(Map.of("sub", "x", "iss", "https://ci.example.com", "groups", "[ops database]")))
                .isEqualTo(403);
        assertThat(lint(Map.of("sub", "x", "groups", "data"))).isEqualTo(403);
        assertThat(lint(Map.of("sub", ADMIN, "iss", "https://evil.example.com")))
                .isEqualTo(403);
    }

    private int lint(Map<String, Object> claims) {
        return gate.call("POST", "/v1/lint", WIKI).with(claims).send().status();
    }

    @Test
    void withoutRolesPoliciesDecideAndATokenMayReadAndPlan() {
        // Given
        InMemoryGate plain = new InMemoryGate(Map.of());
        Map<String, Object> token = Map.of("sub", "x");

        // When, Then
        assertThat(plain.call("PUT", "/v1/definitions/wiki", WIKI)
                        .as(ADMIN)
                        .send()
                        .status())
                .isEqualTo(201);
        assertThat(plain.call("POST", "/v1/plan", WIKI).with(token).send().status())
                .isEqualTo(200);
        assertThat(plain.call("PUT", "/v1/definitions/wiki", WIKI)
                        .with(token)
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(plain.get("/v1/clusters").send().status()).isEqualTo(401);
    }

    @Test
    void aRefusedCallIsLoggedWithWho() {
        // Given
        List<String> lines = new ArrayList<>();
        Handler handler = handler(lines);
        Logger logger = Logger.getLogger(Gate.class.getName());
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);

        // When
        status(READER, "PUT", "/v1/definitions/wiki", WIKI);
        gate.get("/v1/clusters").send();
        logger.removeHandler(handler);

        // Then
        assertThat(lines)
                .anySatisfy(
                        line -> assertThat(line).contains("Call is refused", READER, "/v1/definitions/wiki", "apply"))
                .anySatisfy(line -> assertThat(line).contains("Call is refused", "anonymous", "/v1/clusters"));
    }

    private static Handler handler(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(entry.getMessage() + " " + MDC.getMap());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[{\"roles\": [\"read\"]}]",
                "[{\"principals\": [\"*\"], \"claims\": {\"a\": \"b\"}, \"roles\": [\"read\"]}]",
                "[{\"principals\": [\"*\"]}]",
                "[{\"principals\": [\"*\"], \"roles\": [\"admin\"]}]",
                "[{\"principals\": \"*\", \"roles\": [\"read\"]}]",
                "[{\"principals\": [\"*\"], \"roles\": [\"read\"], \"datasources\": []}]",
                "[{\"principals\": [\"*\"], \"roles\": [\"read\"], \"datasource\": [\"a\"]}]",
                "[{\"principals\": [7], \"roles\": [\"read\"]}]",
                "read"
            })
    void rolesThatAreMalformedAreNamed(String roles) {
        assertThatThrownBy(() -> new Callers(
                        DefaultSettings.of(GateSettings.class, Map.of("sluice.gate.roles", roles)), Beans.MAPPER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SLUICE_GATE_ROLES");
    }

    @Test
    void aPatternComparesTheWholeName() {
        assertThat(new NamePattern("wiki*").matches("wiki-en")).isTrue();
        assertThat(new NamePattern("wiki").matches("wiki-en")).isFalse();
        assertThat(new NamePattern("w.ki").matches("wiki")).isFalse();
        assertThat(new NamePattern("*-en").matches("wiki-en\n")).isFalse();
    }

    @Test
    void anIdempotencyKeyBelongsToItsCallerAndDatasource() {
        // Given
        define();
        gate.upload("wiki/dt=2026-01-01/a.json");
        gate.upload("news/dt=2026-01-01/a.json");
        Reply first = order(ADMIN, "wiki");

        // When
        Reply again = order(ADMIN, "wiki");
        Reply otherDatasource = order(ADMIN, "news");
        Reply otherCaller = order(WIKI_TEAM, "wiki");
        Reply otherSession = order(WIKI_TEAM.replace("/me", "/retry"), "wiki");

        // Then
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(again.json().at("/runs/0/id")).isEqualTo(first.json().at("/runs/0/id"));
        assertThat(otherDatasource.status()).as(otherDatasource.text()).isEqualTo(201);
        assertThat(otherCaller.status()).as(otherCaller.text()).isEqualTo(201);
        assertThat(otherCaller.json().at("/runs/0/id"))
                .isNotEqualTo(first.json().at("/runs/0/id"));
        assertThat(otherSession.json().at("/runs/0/id"))
                .isEqualTo(otherCaller.json().at("/runs/0/id"));
    }

    private Reply order(String arn, String datasource) {
        return gate.call(
                        "POST",
                        "/v1/runs",
                        "{\"datasource\": \"" + datasource + "\", \"interval\": \"2026-01-01/2026-01-02\"}")
                .header("idempotency-key", "nightly")
                .as(arn)
                .send();
    }
}
