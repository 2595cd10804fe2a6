package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.entry.gate.InMemoryGate.Reply;

class RunsEndpointTest {

    private final InMemoryGate gate = new InMemoryGate();

    @BeforeEach
    void defineAndUpload() {
        gate.call("PUT", "/v1/definitions/wiki", InMemoryGate.definition("wiki", "NONE"))
                .send();
        List.of("01", "02", "03").forEach(day -> gate.upload("wiki/dt=2026-01-" + day + "/a.json"));
    }

    private InMemoryGate.Call order(String day) {
        return gate.call(
                "POST",
                "/v1/runs",
                "{\"datasource\": \"wiki\", \"objects\": [{\"bucket\": \"landing\", \"key\": \"wiki/dt=2026-01-" + day
                        + "/a.json\"}]}");
    }

    private String ordered(String day) {
        Reply reply = order(day).send();
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().at("/runs/0/id").asText();
    }

    @Test
    void aRunIsShownWithItsObjectsAndWhoRequestedIt() {
        // Given
        String id = ordered("01");

        // When
        JsonNode run = gate.get("/v1/runs/" + id).send().json();

        // Then
        assertThat(run.path("state").asText()).isEqualTo("Planned");
        assertThat(run.at("/objects/0/key").asText()).isEqualTo("wiki/dt=2026-01-01/a.json");
        assertThat(run.path("order").toString()).contains("anonymous");
        assertThat(run.path("href").asText()).isEqualTo("/v1/runs/" + id);
        assertThat(run.has("outbox")).isFalse();
    }

    @Test
    void theLedgerNamesTheRunOfAnObject() {
        // Given
        String id = ordered("01");

        // When
        Reply object = gate.get("/v1/objects")
                .query("bucket", "landing")
                .query("key", "wiki/dt=2026-01-01/a.json")
                .send();

        // Then
        assertThat(object.json().at("/versions/0/run").asText()).isEqualTo(id);
    }

    @Test
    void pagesHaveEachRunOnceNewestFirst() {
        // Given
        List<String> ids = new ArrayList<>();
        for (String day : List.of("01", "02", "03")) {
            ids.add(0, ordered(day));
            gate.clock().advance(Duration.ofMinutes(1));
        }

        // When
        JsonNode first = gate.get("/v1/runs")
                .query("datasource", "wiki")
                .query("limit", "2")
                .send()
                .json();
        JsonNode second = gate.get("/v1/runs")
                .query("datasource", "wiki")
                .query("limit", "2")
                .query("next", first.path("next").asText())
                .send()
                .json();

        // Then
        assertThat(first.path("runs").findValuesAsText("id")).isEqualTo(ids.subList(0, 2));
        assertThat(second.path("runs").findValuesAsText("id")).isEqualTo(ids.subList(2, 3));
        assertThat(second.has("next")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, limit",
        "limit, 201, limit",
        "state, Sleeping, Sleeping",
        "since, yesterday, since",
        "next, xyz, next"
    })
    void aParameterThatCannotBeReadIsABadRequest(String name, String value, String word) {
        // When
        Reply reply = gate.get("/v1/runs")
                .query("datasource", "wiki")
                .query(name, value)
                .send();

        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).contains(word);
    }

    @Test
    void aListNeedsADatasource() {
        assertThat(gate.get("/v1/runs").send().detail()).contains("'datasource'");
    }

    @Test
    void aRepeatedIdempotencyKeyReturnsTheSameRun() {
        // Given
        Reply first = order("01").header("Idempotency-Key", "key-1").send();

        // When
        Reply again = order("01").header("Idempotency-Key", "key-1").send();
        Reply other = order("02").header("Idempotency-Key", "key-1").send();

        // Then
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().at("/runs/0/id")).isEqualTo(first.json().at("/runs/0/id"));
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void anIdempotencyKeyIsNoLongerThanItsLimit() {
        assertThat(order("01").header("Idempotency-Key", "k".repeat(256)).send().status())
                .isEqualTo(400);
    }

    @Test
    void aRequestForAnUnknownDatasourceIsNotFound() {
        assertThat(gate.call("POST", "/v1/runs", "{\"datasource\": \"other\", \"interval\": \"2026-01-01/2026-01-02\"}")
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-02/2026-01-01", "2026-01-01", "a/b"})
    void anIntervalThatIsNoneIsABadRequest(String interval) {
        assertThat(gate.call("POST", "/v1/runs", "{\"datasource\": \"wiki\", \"interval\": \"" + interval + "\"}")
                        .send()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatDoesNotMatchTheSchemaNamesThePlace() {
        // When
        Reply reply = gate.call("POST", "/v1/runs", "{\"datasource\": 7, \"interval\": \"2026-01-01/2026-01-02\"}")
                .send();

        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("findings").findValuesAsText("pointer")).contains("/datasource");
    }

    @Test
    void aPlannedRunIsCancelledOnceAndStaysCancelled() {
        // Given
        String id = ordered("01");

        // When
        Reply cancelled = gate.call("POST", "/v1/runs/" + id + "/cancel", "{\"reason\": \"wrong file\"}")
                .send();
        Reply again = gate.call("POST", "/v1/runs/" + id + "/cancel", "").send();

        // Then
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
        assertThat(cancelled.json().path("state").asText()).isEqualTo("Cancelled");
        assertThat(cancelled.text()).contains("wrong file, asked for by anonymous");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).contains("wrong file");
    }

    @Test
    void aRunHasAnOutcomeOnceItHasEnded() {
        // Given
        String id = ordered("01");

        // When
        Reply before = gate.get("/v1/runs/" + id + "/outcome").send();
        gate.call("POST", "/v1/runs/" + id + "/cancel", "{\"reason\": \"wrong file\"}")
                .send();
        Reply after = gate.get("/v1/runs/" + id + "/outcome").send();

        // Then
        assertThat(before.status()).isEqualTo(404);
        assertThat(before.detail()).contains("Planned");
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.json().path("state").asText()).isEqualTo("Cancelled");
        assertThat(after.json().path("available").asBoolean(true)).isFalse();
        assertThat(after.json().path("reason").asText()).contains("wrong file");
    }

    @Test
    void anUnknownRunIsNotFound() {
        assertThat(gate.get("/v1/runs/none").send().status()).isEqualTo(404);
        assertThat(gate.get("/v1/runs/none/outcome").send().status()).isEqualTo(404);
        assertThat(gate.call("POST", "/v1/runs/none/cancel", "").send().status())
                .isEqualTo(404);
    }
}
