package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.core.version.SluiceVersion;
import sluice.entry.gate.InMemoryGate.Reply;

class HealthEndpointTest {

    private final InMemoryGate gate = new InMemoryGate();

    @Test
    void countsDefinitionsAndNamesThoseThatCannotBeRead() {
        // Given
        gate.call("PUT", "/v1/definitions/clicks", InMemoryGate.definition("clicks", "HOUR"))
                .header("content-type", "application/yaml")
                .send();
        gate.define("bad.yaml", InMemoryGate.definition("bad", "HOUR").replace("mode: replace", "mode: replcae"));

        // When
        Reply health = gate.get("/v1/health").send();

        // Then
        assertThat(health.status()).as(health.text()).isEqualTo(200);
        assertThat(health.json().path("definitions").asInt()).isEqualTo(1);
        assertThat(health.json().at("/unreadable/0/problem").asText()).contains("replcae");
    }

    @Test
    void namesTheItemThatHasBeenDueForLongest() {
        // Given: a run that nobody follows
        gate.call("PUT", "/v1/definitions/clicks", InMemoryGate.definition("clicks", "HOUR"))
                .header("content-type", "application/yaml")
                .send();
        gate.upload("clicks/dt=2026-01-01/a.json");
        gate.call("POST", "/v1/runs", "{\"datasource\": \"clicks\", \"interval\": \"2026-01-01/2026-01-02\"}")
                .header("content-type", "application/json")
                .send();
        gate.clock().advance(Duration.ofHours(2));

        // When
        Reply health = gate.get("/v1/health").send();

        // Then
        assertThat(health.json().at("/due").asInt()).isPositive();
        assertThat(health.json().at("/oldestDue/item").asText()).isNotEmpty();
        assertThat(Duration.parse(health.json().at("/oldestDue/late").asText())).isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void tellsTheVersion() {
        // When
        Reply version = gate.get("/v1/version").send();

        // Then
        assertThat(version.json().path("version").asText()).isEqualTo(SluiceVersion.current());
    }
}
