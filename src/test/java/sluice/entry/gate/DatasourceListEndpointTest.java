package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.entry.gate.InMemoryGate.Reply;
import sluice.simulation.druid.InputRows;

class DatasourceListEndpointTest {

    private final InMemoryGate gate = new InMemoryGate();

    private static String definition(String datasource) {
        return InMemoryGate.definition(datasource, "NONE")
                        .replace("  mode: replace", "  mode: replace\n  expect: {freshness: PT2H}")
                + "retention: {keep: P30D}\n";
    }

    @Test
    void datasourcesOfFilesAndOfTheRegistryAreListedByName() {
        // Given
        gate.define("wiki.yaml", InMemoryGate.definition("wiki", "NONE"));
        gate.call("PUT", "/v1/definitions/clicks", definition("clicks")).send();
        gate.clock().advance(Duration.ofMinutes(1));

        // When
        JsonNode list = gate.get("/v1/datasources").send().json().path("datasources");

        // Then
        assertThat(list.findValuesAsText("datasource")).containsExactly("clicks", "wiki");
        assertThat(list.get(0).path("version").asInt()).isEqualTo(1);
        assertThat(list.get(0).path("freshness").asText()).isEqualTo("PT2H");
        assertThat(list.get(0).path("keep").asText()).isEqualTo("P30D");
        assertThat(list.get(0).path("source").asText()).isEqualTo("s3://landing/clicks/");
        assertThat(list.get(0).path("clusters").get(0).asText()).isEqualTo("main");
        assertThat(list.get(1).has("version")).isFalse();
        assertThat(list.get(1).has("freshness")).isFalse();
    }

    @Test
    void callersSeeTheirDatasourcesAndWhatTheyMayDoWithThem() {
        // Given
        InMemoryGate closed = new InMemoryGate(
                Map.of(
                        "sluice.gate.roles",
                        "[{\"principals\": [\"arn:aws:iam::1:user/ana\"], \"roles\": [\"read\", \"operate\"], \"datasources\": [\"wiki\"]}]"));
        closed.define("wiki.yaml", InMemoryGate.definition("wiki", "NONE"));
        closed.define("clicks.yaml", InMemoryGate.definition("clicks", "NONE"));

        // When
        JsonNode list = closed.get("/v1/datasources")
                .as("arn:aws:iam::1:user/ana")
                .send()
                .json()
                .path("datasources");

        // Then
        assertThat(list.findValuesAsText("datasource")).containsExactly("wiki");
        assertThat(list.get(0).path("roles")).extracting(JsonNode::asText).containsExactly("read", "operate");
    }

    @Test
    void aDatasourceSaysWhatItsClusterHas() {
        // Given
        gate.call("PUT", "/v1/definitions/clicks", definition("clicks")).send();

        // When
        JsonNode held = gate.get("/v1/datasources/clicks").send().json().path("held");

        // Then: nothing was loaded yet
        assertThat(held).hasSize(1);
        assertThat(held.get(0).path("cluster").asText()).isEqualTo("main");
        assertThat(held.get(0).has("interval")).isFalse();
        assertThat(held.get(0).has("dataAt")).isFalse();
        assertThat(held.get(0).has("problem")).isFalse();
    }

    @Test
    void theIntervalReachesFromTheFirstToTheLastUsedSegment() {
        // Given
        gate.define("clicks.yaml", InMemoryGate.definition("clicks", "NONE"));
        for (String day : List.of("2026-01-05", "2026-01-02")) {
            Instant start = Instant.parse(day + "T00:00:00Z");
            gate.druid()
                    .others()
                    .append("clicks", new TimeChunk(start, start.plus(Duration.ofDays(1))), InputRows.at(start, 10));
        }
        gate.druid().settle();

        // When
        JsonNode held = gate.get("/v1/datasources/clicks").send().json().path("held");

        // Then
        assertThat(held.get(0).path("interval").asText())
                .isEqualTo("2026-01-02T00:00:00.000Z/2026-01-06T00:00:00.000Z");
    }

    @Test
    void theIntervalHoldsTheChunksThatNothingWasLoadedForYet() {
        // Given
        gate.define("clicks.yaml", InMemoryGate.definition("clicks", "NONE"));
        gate.upload("clicks/dt=2026-02-03/a.json");
        gate.call("POST", "/v1/runs", "{\"datasource\": \"clicks\", \"interval\": \"2026-02-03/2026-02-04\"}")
                .send();

        // When
        JsonNode held = gate.get("/v1/datasources/clicks").send().json().path("held");

        // Then
        assertThat(held.get(0).path("interval").asText())
                .isEqualTo("2026-02-03T00:00:00.000Z/2026-02-04T00:00:00.000Z");
    }

    @Test
    void aClusterThatIsNotThereIsPartOfTheAnswer() {
        // Given
        gate.define(
                "clicks.yaml",
                InMemoryGate.definition("clicks", "NONE").replace("clusters: [main]", "clusters: [main, gone]"));

        // When
        JsonNode held = gate.get("/v1/datasources/clicks").send().json().path("held");

        // Then
        assertThat(held).hasSize(2);
        assertThat(held.get(1).path("problem").asText()).contains("no cluster 'gone'");
    }

    @Test
    void anUnknownDatasourceIsNotFound() {
        // When
        Reply reply = gate.get("/v1/datasources/none").send();

        // Then
        assertThat(reply.status()).isEqualTo(404);
    }
}
