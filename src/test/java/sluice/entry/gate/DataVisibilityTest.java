package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.platform.druid.DruidException;

/** Who sees rows, and what Druid quotes from them. */
class DataVisibilityTest {

    private static final String READER = "arn:aws:sts::123456789012:assumed-role/reader/me";
    private static final String WIKI = InMemoryGate.definition("wiki", "NONE");
    private static final String KEY = "wiki/dt=2026-03-01/a.json";

    /** Whoever may plan sees how many rows there are; whoever may see data sees them, and what Druid quotes of them. */
    @ParameterizedTest
    @CsvSource({
        "'[\"read\", \"plan\"]',                                            wiki, false",
        "'[\"read\", \"plan\", \"apply\", \"operate\", \"destroy\"]', wiki, false",
        "'[\"plan\", \"data\"]',                                            wiki, true",
        "'[\"plan\", \"data\"]',                                            *,    true"
    })
    void rowsAreForThoseWhoMaySeeData(String roles, String datasources, boolean isShown) throws IOException {
        // Given
        InMemoryGate asked = new InMemoryGate(Map.of(
                "sluice.gate.roles",
                "[{\"principals\": [\"*\"], \"roles\": " + roles + ", \"datasources\": [\"" + datasources + "\"]},"
                        + " {\"principals\": [\"*\"], \"roles\": [\"data\"], \"datasources\": [\"news\"]}]"));
        JsonNode answer = new ObjectMapper()
                .readTree("{\"numRowsRead\": 2, \"numRowsIndexed\": 1, \"data\": ["
                        + "{\"parsed\": {\"__time\": 1772323200000, \"channel\": \"alice@example.com\"}},"
                        + " {\"unparseable\": true, \"error\": \"no time in {bob@example.com}\"}]}");
        asked.druid().sampler(request -> answer);
        asked.upload(KEY);

        // When
        List<String> texts = plan(asked);

        // Then
        assertThat(texts.get(0)).contains("\"read\":2", "\"stored\":1");
        assertThat(texts.get(1)).contains("Of 2 sampled rows 1 would be stored");
        if (isShown) {
            assertThat(texts.get(0)).contains("alice@example.com", "bob@example.com");
        } else {
            assertThat(texts).noneMatch(text -> text.contains("alice") || text.contains("bob"));
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatTheSamplerRefusesIsQuotedForThoseWhoMaySeeData(boolean seesData) throws IOException {
        // Given
        InMemoryGate asked = new InMemoryGate(Map.of(
                "sluice.gate.roles",
                "[{\"principals\": [\"*\"], \"roles\": [\"plan\"" + (seesData ? ", \"data\"" : "") + "]}]"));
        asked.druid().sampler(request -> {
            throw new DruidException(
                    DruidException.Code.REFUSED,
                    "main",
                    "sample: HTTP 400: Failed to sample data: Timestamp[alice] is unparseable! Event: {user=bob]}");
        });
        asked.upload(KEY);

        // When
        List<String> texts = plan(asked);

        // Then
        assertThat(texts.subList(0, 2)).allMatch(text -> text.contains("Failed to sample data"));
        if (seesData) {
            assertThat(texts.subList(0, 2)).allMatch(text -> text.contains("alice") && text.contains("bob"));
        } else {
            assertThat(texts).noneMatch(text -> text.contains("alice") || text.contains("bob"));
        }
    }

    /** A plan with a sample of the object, in each format. */
    private static List<String> plan(InMemoryGate asked) {
        ObjectNode body = new ObjectMapper().createObjectNode();
        body.putArray("definitions").add(WIKI);
        body.putArray("objects").addObject().put("bucket", InMemoryGate.LANDING).put("key", KEY);
        return Stream.of("application/json", "text/markdown", "application/sarif+json")
                .map(format -> asked.call("POST", "/v1/plan", body.toString())
                        .header("content-type", "application/json")
                        .as(READER)
                        .header("accept", format)
                        .send()
                        .text())
                .toList();
    }
}
