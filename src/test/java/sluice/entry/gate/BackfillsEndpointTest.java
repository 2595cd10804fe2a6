package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.entry.gate.InMemoryGate.Reply;

class BackfillsEndpointTest {

    private static final String WISH = "{\"datasource\": \"wiki\", \"interval\": \"2026-01-01/2026-02-01\"}";

    private static final String ADMIN = "arn:aws:iam::123456789012:user/admin";
    private static final String NEWS = "arn:aws:iam::123456789012:user/news";

    private final InMemoryGate gate = new InMemoryGate();

    @BeforeEach
    void define() {
        gate.call("PUT", "/v1/definitions/wiki", InMemoryGate.definition("wiki", "NONE"))
                .send();
        gate.upload("wiki/dt=2026-01-02/a.json");
    }

    @Test
    void aBackfillIsStartedShownAndListed() {
        // When
        Reply started = gate.call("POST", "/v1/backfills", WISH).send();
        String id = started.json().path("id").asText();
        Reply found = gate.get("/v1/backfills/" + id).send();
        Reply list = gate.get("/v1/backfills").query("datasource", "wiki").send();

        // Then
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        assertThat(started.headers()).containsEntry("location", "/v1/backfills/" + id);
        assertThat(found.json()).isEqualTo(started.json());
        assertThat(found.json().path("state").asText()).isEqualTo("Planned");
        assertThat(found.json().path("parallel").asInt()).isEqualTo(4);
        assertThat(found.json().path("chunksPerRun").asInt()).isEqualTo(1);
        assertThat(found.json().path("order").asText()).isEqualTo("newest");
        assertThat(found.json().at("/progress/total").asInt()).isEqualTo(31);
        assertThat(found.json().at("/progress/left").asInt()).isEqualTo(31);
        assertThat(found.json().path("history").findValuesAsText("state")).containsExactly("Planned");
        assertThat(list.json().path("backfills").findValuesAsText("id")).containsExactly(id);
        assertThat(gate.get("/v1/backfills/" + id + "/windows").send().json().path("windows"))
                .isEmpty();
    }

    @Test
    void aRepeatedKeyIsTheSameBackfillAndAnotherBodyIsRefused() {
        // Given
        Reply first = gate.call("POST", "/v1/backfills", WISH)
                .header("Idempotency-Key", "k")
                .send();

        // When
        Reply again = gate.call("POST", "/v1/backfills", WISH)
                .header("Idempotency-Key", "k")
                .send();
        Reply other = gate.call("POST", "/v1/backfills", WISH.replace("02-01", "03-01"))
                .header("Idempotency-Key", "k")
                .send();

        // Then
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void aPlanChangesNothing() {
        // When
        Reply plan = gate.call("POST", "/v1/backfills/plan", WISH).send();

        // Then
        assertThat(plan.status()).as(plan.text()).isEqualTo(200);
        assertThat(plan.json().path("chunks").asInt()).isEqualTo(31);
        assertThat(plan.json().at("/files/count").asInt()).isEqualTo(1);
        assertThat(plan.json().at("/files/withoutFiles").asInt()).isEqualTo(30);
        assertThat(gate.get("/v1/backfills")
                        .query("datasource", "wiki")
                        .send()
                        .json()
                        .path("backfills"))
                .isEmpty();
    }

    @Test
    void aBackfillIsPausedResumedAndStoppedAndSaysWhoDidIt() {
        // Given
        String id = gate.call("POST", "/v1/backfills", WISH)
                .send()
                .json()
                .path("id")
                .asText();

        // When
        JsonNode paused = steered(id, "pause", "{\"reason\": \"tonight\"}").json();
        JsonNode resumed = steered(id, "resume", "").json();
        JsonNode stopping = steered(id, "stop", "").json();
        Reply retried = steered(id, "retry-failed", "");

        // Then
        assertThat(paused.path("state").asText()).isEqualTo("Paused");
        assertThat(paused.at("/history/0/reason").asText()).isEqualTo("tonight");
        assertThat(paused.at("/history/0/author").asText()).contains("anonymous");
        assertThat(resumed.path("state").asText()).isEqualTo("Running");
        assertThat(stopping.path("state").asText()).isEqualTo("Stopping");
        assertThat(retried.status()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"datasource\": \"wiki\"}",
                "{\"datasource\": \"wiki\", \"interval\": \"2026\"}",
                "{\"datasource\": \"wiki\", \"interval\": \"2026-01-01/2026-02-01\", \"parallel\": 21}",
                "{\"datasource\": \"wiki\", \"interval\": \"2026-01-01/2026-02-01\", \"chunksPerRun\": 0}",
                "{\"datasource\": \"wiki\", \"interval\": \"2026-01-01/2026-02-01\", \"order\": \"random\"}",
                "{\"datasource\": \"wiki\", \"interval\": \"2026-01-01/2026-02-01\", \"paralel\": 2}"
            })
    void aBodyThatCannotBeReadIsABadRequest(String body) {
        assertThat(gate.call("POST", "/v1/backfills", body).send().status()).isEqualTo(400);
        assertThat(gate.call("POST", "/v1/backfills/plan", body).send().status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "wiki, 2026-01-01T05:00:00Z/2026-01-02, 422",
        "wiki, 1200-01-01/2026-01-01, 422",
        "other, 2026-01-01/2026-02-01, 404"
    })
    void whatIsNotPossibleSaysWhy(String datasource, String interval, int status) {
        // When
        Reply reply = gate.call(
                        "POST",
                        "/v1/backfills",
                        "{\"datasource\": \"%s\", \"interval\": \"%s\"}".formatted(datasource, interval))
                .send();

        // Then
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    }

    @Test
    void anOverlappingBackfillIsAConflictAndAnUnknownOneIsNotFound() {
        // Given
        gate.call("POST", "/v1/backfills", WISH).send();

        // When, Then
        assertThat(gate.call("POST", "/v1/backfills", WISH).send().status()).isEqualTo(409);
        assertThat(gate.get("/v1/backfills/none").send().status()).isEqualTo(404);
        assertThat(steered("none", "stop", "").status()).isEqualTo(404);
    }

    @Test
    void whoMayOperateOneDatasourceSteersNoOther() {
        // Given
        InMemoryGate guarded = new InMemoryGate(
                Map.of(
                        "sluice.gate.roles",
                        """
                [{"principals": ["arn:aws:iam::123456789012:user/admin"], "roles": ["read", "apply", "operate"]},
                 {"principals": ["arn:aws:iam::123456789012:user/news"], "roles": ["read", "operate"], "datasources": ["news"]}]
                """));
        guarded.call("PUT", "/v1/definitions/wiki", InMemoryGate.definition("wiki", "NONE"))
                .as(ADMIN)
                .send();
        Reply started = guarded.call("POST", "/v1/backfills", WISH).as(ADMIN).send();
        String path = "/v1/backfills/" + started.json().path("id").asText();

        // When
        List<Integer> statuses = List.of(
                guarded.call("POST", "/v1/backfills", WISH).as(NEWS).send().status(),
                guarded.call("POST", "/v1/backfills/plan", WISH).as(NEWS).send().status(),
                guarded.call("POST", path + "/stop", "").as(NEWS).send().status(),
                guarded.get(path).as(NEWS).send().status(),
                guarded.get(path + "/windows").as(NEWS).send().status(),
                guarded.get("/v1/backfills")
                        .query("datasource", "wiki")
                        .as(NEWS)
                        .send()
                        .status());

        // Then
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        assertThat(statuses).containsOnly(403);
    }

    private Reply steered(String id, String what, String body) {
        return gate.call("POST", "/v1/backfills/" + id + "/" + what, body).send();
    }
}
