package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.entry.gate.InMemoryGate.Reply;

class DefinitionsEndpointTest {

    private static final String WIKI = "/v1/definitions/wiki";
    private static final String FIRST = InMemoryGate.definition("wiki", "NONE");
    private static final String SECOND = InMemoryGate.definition("wiki", "HOUR");

    private final InMemoryGate gate = new InMemoryGate();

    private InMemoryGate.Call put(String definition) {
        return gate.call("PUT", WIKI, definition);
    }

    @Test
    void aFirstVersionIsCreated() {
        // When
        Reply reply = put(FIRST).send();

        // Then
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.json().path("number").asInt()).isEqualTo(1);
        assertThat(reply.json().path("changed").asBoolean()).isTrue();
        assertThat(reply.headers())
                .containsEntry("location", WIKI + "/versions/1")
                .containsKey("etag");
    }

    @Test
    void applyingTheSameDefinitionAgainIsANoOp() {
        // Given
        String etag = put(FIRST).send().headers().get("etag");

        // When
        Reply again = put(FIRST).send();

        // Then
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("changed").asBoolean()).isFalse();
        assertThat(again.headers()).containsEntry("etag", etag);
        assertThat(gate.get(WIKI + "/versions").send().json().path("versions")).hasSize(1);
    }

    @Test
    void anEntityTagThatIsOutOfDateChangesNothing() {
        // Given
        String stale = put(FIRST).send().headers().get("etag");
        String current = put(SECOND).header("if-match", stale).send().headers().get("etag");

        // When
        Reply refused = put(FIRST).header("if-match", stale).send();

        // Then
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.detail()).contains(stale, current);
        assertThat(gate.get(WIKI).send().json().path("number").asInt()).isEqualTo(2);
    }

    @Test
    void ifNoneMatchCreatesButDoesNotReplace() {
        assertThat(put(FIRST).header("if-none-match", "*").send().status()).isEqualTo(201);
        assertThat(put(SECOND).header("if-none-match", "*").send().status()).isEqualTo(412);
    }

    @Test
    void ifMatchNeedsAVersion() {
        assertThat(put(FIRST).header("if-match", "*").send().status()).isEqualTo(412);
    }

    @Test
    void aReaderWhoHasTheActiveVersionGetsNoBody() {
        // Given
        String etag = put(FIRST).send().headers().get("etag");

        // When
        Reply same = gate.get(WIKI).header("if-none-match", etag).send();

        // Then
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.text()).isNull();
        assertThat(same.headers()).containsEntry("etag", etag).containsEntry("cache-control", "private, no-cache");
    }

    @Test
    void theTextIsReturnedAsItWasApplied() {
        // Given
        put(FIRST).send();

        // When
        Reply yaml = gate.get(WIKI).header("Accept", "application/yaml").send();

        // Then
        assertThat(yaml.headers()).containsEntry("content-type", "application/yaml");
        assertThat(yaml.text()).isEqualTo(FIRST);
    }

    @Test
    void aDefinitionOfAnotherDatasourceIsRefused() {
        // When
        Reply reply = put(InMemoryGate.definition("other", "NONE")).send();

        // Then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.detail()).contains("'other'", "'wiki'");
        assertThat(gate.get(WIKI).send().status()).isEqualTo(404);
    }

    @Test
    void anUnknownClusterIsAFinding() {
        // When
        Reply reply = put(FIRST.replace("[main]", "[main, second]")).send();

        // Then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("findings").findValuesAsText("pointer")).contains("/clusters/1");
        assertThat(reply.json().path("findings").findValuesAsText("code")).contains("SLU-0901");
    }

    @Test
    void versionsAndActivationsAreListedNewestFirst() {
        // Given
        put(FIRST).query("commit", "0a1b").query("note", "first").send();
        put(SECOND).send();

        // When
        Reply versions = gate.get(WIKI + "/versions").send();
        Reply history = gate.get(WIKI + "/history").query("limit", "1").send();

        // Then
        assertThat(versions.json().path("active").asInt()).isEqualTo(2);
        assertThat(versions.json().at("/versions/0/number").asInt()).isEqualTo(2);
        assertThat(versions.json().at("/versions/1/commit").asText()).isEqualTo("0a1b");
        assertThat(versions.json().at("/versions/1").has("text")).isFalse();
        assertThat(history.json().path("activations")).hasSize(1);
    }

    @Test
    void anyTwoVersionsAreCompared() {
        // Given
        put(FIRST).send();
        put(SECOND).send();
        put(SECOND.replace("[channel]", "[channel, page]")).send();

        // When
        JsonNode forward = compared("3", "1").json().path("changes");
        JsonNode back = compared("1", "2").json().path("changes");

        // Then
        assertThat(forward.findValuesAsText("pointer"))
                .containsExactly("/schema/dimensionsSpec/dimensions/1", "/schema/granularitySpec/queryGranularity");
        assertThat(forward.findValuesAsText("kind")).containsExactly("ADDED", "REPLACED");
        assertThat(back.at("/0/before").asText()).isEqualTo("HOUR");
        assertThat(back.at("/0/after").asText()).isEqualTo("NONE");
        assertThat(gate.get(WIKI + "/versions/1").send().json().has("changes")).isFalse();
        assertThat(compared("1", "1").json().path("changes")).isEmpty();
        assertThat(compared("1", "4").status()).isEqualTo(404);
    }

    private Reply compared(String number, String with) {
        return gate.get(WIKI + "/versions/" + number)
                .query("comparedWith", with)
                .send();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0", "-1", "one", "99999999999"})
    void aVersionThatDoesNotExistIsNotFound(String number) {
        // Given
        put(FIRST).send();

        // When
        Reply reply = gate.get(WIKI + "/versions/" + number).send();

        // Then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.detail()).contains("'" + number + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "501", "-1", "many", "9999999"})
    void aLimitOutOfRangeIsABadRequest(String limit) {
        // Given
        put(FIRST).send();

        // Then
        assertThat(gate.get(WIKI + "/versions").query("limit", limit).send().status())
                .isEqualTo(400);
    }

    @Test
    void aNoteIsNoLongerThanItsLimit() {
        assertThat(put(FIRST).query("note", "x".repeat(2_001)).send().status()).isEqualTo(400);
        assertThat(put(FIRST).query("note", "x".repeat(2_000)).send().status()).isEqualTo(201);
    }

    @Test
    void activeDefinitionsAreListed() {
        // Given
        put(FIRST).send();

        // When
        Reply list = gate.get("/v1/definitions").send();

        // Then
        assertThat(list.json().path("definitions")).hasSize(1);
        assertThat(list.json().at("/definitions/0/href").asText()).isEqualTo(WIKI + "/versions/1");
    }
}
