package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.entry.gate.InMemoryGate.Reply;
import sluice.platform.druid.ClusterBreaker;
import sluice.platform.druid.DruidException;
import sluice.platform.state.StateTable;
import sluice.simulation.Beans;
import sluice.simulation.DefaultSettings;
import sluice.simulation.InMemoryStateTable;

class GateTest {

    private final InMemoryGate gate = new InMemoryGate();

    @Test
    void anUnknownPathIsNotFound() {
        // When
        Reply reply = gate.get("/v1/nothing").send();

        // Then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.headers())
                .containsEntry("content-type", "application/problem+json")
                .containsEntry("x-request-id", "call-1")
                .containsEntry("cache-control", "no-store");
        assertThat(reply.json().path("title").asText()).isEqualTo("Not found");
        assertThat(reply.json().path("instance").asText()).isEqualTo("urn:request:call-1");
        assertThat(reply.detail()).contains("/v1/nothing");
    }

    @Test
    void aMethodThatThePathDoesNotHaveIsAnsweredWithThoseThatItHas() {
        // When
        Reply reply = gate.call("DELETE", "/v1/runs", null).send();

        // Then
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers()).containsEntry("allow", "GET, POST");
    }

    @Test
    void theStageIsNoPartOfThePath() {
        assertThat(gate.get("/prod/v1/clusters").send().status()).isEqualTo(200);
        assertThat(gate.get("/test/v1/clusters").send().status()).isEqualTo(404);
    }

    @Test
    void aPathThatIsNotUrlEncodedIsABadRequest() {
        // When
        Reply reply = gate.get("/v1/runs/%zz").send();

        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).contains("%zz");
    }

    @Test
    void aBodyMayBeAsLargeAsTheLimitAndNoLarger() {
        // Given
        String largest = "#" + "x".repeat(Gate.LARGEST_BODY - 1);

        // Then
        assertThat(gate.call("POST", "/v1/lint", largest).send().status()).isEqualTo(200);
        assertThat(gate.call("POST", "/v1/lint", largest + "x").send().status()).isEqualTo(413);
    }

    @Test
    void anUnexpectedFailureDoesNotShowItsReason() {
        // When
        Reply reply = failing(new IllegalStateException("a secret"));

        // Then
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.text()).contains("call-1").doesNotContain("a secret");
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, 503", "TIMED_OUT, 503", "REFUSED, 502", "NOT_FOUND, 502"})
    void aFailureOfDruidTellsWhetherALaterCallMaySucceed(DruidException.Code code, int status) {
        // When
        Reply reply = failing(new DruidException(code, "main", "no"));

        // Then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers().containsKey("retry-after")).isEqualTo(status == 503);
        assertThat(reply.detail()).isEqualTo("cluster main: no");
    }

    @Test
    void clustersAreListedWithTheirCondition() {
        // When
        Reply reply = gate.get("/v1/clusters").send();

        // Then
        assertThat(reply.json().path("clusters")).hasSize(1);
        assertThat(reply.json().at("/clusters/0/name").asText()).isEqualTo("main");
        assertThat(reply.json().at("/clusters/0/reachable").asBoolean()).isTrue();
    }

    @Test
    void lintCountsErrors() {
        // When
        Reply reply = gate.call("POST", "/v1/lint", "apiVersion: sluice/v1\ndatasuorce: x\n")
                .send();

        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("kind").asText()).isEqualTo("definition");
        assertThat(reply.json().path("errors").asInt()).isPositive();
        assertThat(reply.json().path("findings").findValuesAsText("code")).contains("SLU-0004");
    }

    @Test
    void lintNeedsABodyAndAKnownVersion() {
        assertThat(gate.call("POST", "/v1/lint", " ").send().status()).isEqualTo(400);
        assertThat(gate.call("POST", "/v1/lint", "{}")
                        .query("druid", "12")
                        .send()
                        .detail())
                .contains("'12'", "33", "37");
    }

    @Test
    void anObjectThatTheLedgerDoesNotKnowIsNotFound() {
        assertThat(gate.get("/v1/objects")
                        .query("bucket", "landing")
                        .query("key", "a.json")
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(gate.get("/v1/objects").query("bucket", "landing").send().detail())
                .contains("'key'");
    }

    @Test
    void reportsOfSweepsAreListedPerCluster() {
        assertThat(gate.get("/v1/retention/reports").send().json().path("reports"))
                .isEmpty();
        assertThat(gate.get("/v1/retention/reports")
                        .query("cluster", "other")
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(gate.get("/v1/retention/reports").query("next", "x").send().status())
                .isEqualTo(400);
    }

    @Test
    void aCallAsksAClusterThatHasAnOutageAtOnce() {
        // Given
        gate.breaker().unanswered("main", "down", () -> false);

        // When
        Reply reply = gate.get("/v1/clusters").send();

        // Then
        assertThat(reply.json().at("/clusters/0/reachable").asBoolean()).isTrue();
        assertThat(gate.breaker().outage("main", () -> false)).isEmpty();
    }

    private static Reply failing(RuntimeException failure) {
        Function<Request, Answer> handler = request -> {
            throw failure;
        };
        Callers open =
                new Callers(DefaultSettings.of(GateSettings.class, Map.of("sluice.gate.open", "true")), Beans.MAPPER);
        Gate gate = new Gate(
                List.of(() -> List.of(new Route("GET", "/v1/fails", Role.READ, handler))),
                open,
                new Problems(Beans.MAPPER),
                new Beans(Map.of("sluice.table", "sluice"))
                        .with(Clock.class, Clock.systemUTC())
                        .with(StateTable.class, new InMemoryStateTable(Clock.systemUTC()))
                        .get(ClusterBreaker.class));
        return InMemoryGate.reply(gate.handle(InMemoryGate.request("GET", "/v1/fails", Map.of(), Map.of(), null)));
    }
}
