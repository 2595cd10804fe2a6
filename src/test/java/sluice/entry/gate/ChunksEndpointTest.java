package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.entry.gate.InMemoryGate.Reply;

class ChunksEndpointTest {

    private static final String PATH = "/v1/datasources/wiki/chunks";

    private final InMemoryGate gate = new InMemoryGate();

    @BeforeEach
    void defineAndUpload() {
        gate.call("PUT", "/v1/definitions/wiki", InMemoryGate.definition("wiki", "NONE"))
                .send();
        gate.upload("wiki/dt=2026-01-02/a.json");
        gate.upload("wiki/dt=2026-01-02/b.json");
        gate.upload("wiki/dt=2026-01-03/a.json");
    }

    @Test
    void aRequestedRunShowsItsFilesInEachOfItsChunks() {
        // Given
        Reply ordered = gate.call(
                        "POST", "/v1/runs", "{\"datasource\": \"wiki\", \"interval\": \"2026-01-01/2026-01-04\"}")
                .send();
        String run = ordered.json().at("/runs/0/id").asText();

        // When
        JsonNode page =
                gate.get(PATH).query("interval", "2026-01-01/2026-01-04").send().json();

        // Then
        assertThat(page.path("segmentGranularity").asText()).isEqualTo("DAY");
        assertThat(page.path("chunks").findValuesAsText("state")).containsExactly("Missing", "Loading", "Loading");
        assertThat(page.path("chunks").findValuesAsText("files")).containsExactly("2", "1");
        assertThat(page.path("chunks").findValuesAsText("run")).containsExactly(run, run);
        assertThat(page.path("chunks").findValuesAsText("runState")).containsExactly("Planned", "Planned");
        assertThat(page.has("next")).isFalse();
        assertThat(page.has("problem")).isFalse();
    }

    @Test
    void aHeldChunkSaysSo() {
        // Given
        gate.call(
                        "PUT",
                        "/v1/datasources/wiki/holds",
                        "{\"interval\": \"2026-01-02/2026-01-03\", \"reason\": \"audit\"}")
                .send();

        // When
        JsonNode chunks = gate.get(PATH)
                .query("interval", "2026-01-01/2026-01-03")
                .send()
                .json()
                .path("chunks");

        // Then
        assertThat(chunks.get(0).has("onHold")).isFalse();
        assertThat(chunks.get(1).path("onHold").asBoolean()).isTrue();
    }

    @Test
    void thePageThatFollowsBeginsWhereNextSays() {
        // When
        JsonNode first = gate.get(PATH)
                .query("interval", "2026-01-01/2026-01-04")
                .query("limit", "2")
                .send()
                .json();
        JsonNode second = gate.get(PATH)
                .query("interval", "2026-01-01/2026-01-04")
                .query("limit", "2")
                .query("next", first.path("next").asText())
                .send()
                .json();

        // Then
        assertThat(first.path("chunks").findValuesAsText("interval")).hasSize(2);
        assertThat(second.path("chunks").findValuesAsText("interval"))
                .containsExactly("2026-01-03T00:00:00.000Z/2026-01-04T00:00:00.000Z");
        assertThat(second.has("next")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "interval, 2026-01-02, interval",
        "interval, 2026-01-02/2026-01-01, interval",
        "interval, -0044-01-01/2026-01-01, interval",
        "interval, 2026-01-01/12026-01-01, interval",
        "limit, 0, limit",
        "limit, 2001, limit",
        "next, 2026-02-01T00:00:00Z, next",
        "next, 2025-02-01T00:00:00Z, next",
        "next, soon, next"
    })
    void aParameterThatCannotBeReadIsABadRequest(String name, String value, String word) {
        // When
        Reply reply = gate.get(PATH)
                .query("interval", "2026-01-01/2026-02-01")
                .query(name, value)
                .send();

        // Then
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.detail()).contains(word);
    }

    @Test
    void anIntervalIsNeeded() {
        assertThat(gate.get(PATH).send().detail()).contains("'interval'");
    }

    @Test
    void anUnknownDatasourceOrClusterIsNotFound() {
        // When
        Reply datasource = gate.get("/v1/datasources/other/chunks")
                .query("interval", "2026-01-01/2026-02-01")
                .send();
        Reply cluster = gate.get(PATH)
                .query("interval", "2026-01-01/2026-02-01")
                .query("cluster", "other")
                .send();

        // Then
        assertThat(datasource.status()).isEqualTo(404);
        assertThat(cluster.status()).isEqualTo(404);
    }
}
