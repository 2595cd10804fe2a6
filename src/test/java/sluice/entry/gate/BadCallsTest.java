package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.simulation.Beans;

/** Calls that are wrong in a way that no schema catches. Each is the caller's fault, and the answer says so. */
class BadCallsTest {

    private final InMemoryGate gate = new InMemoryGate();

    @Test
    void aBodyThatIsNotBase64() {
        // When
        ApiGatewayResponse response = gate.handle(new ApiGatewayRequest(
                "/v1/lint", Map.of(), Map.of(), InMemoryGate.context("POST"), "no base64!", true));

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("not base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GZIP", " gzip ", "Identity", ""})
    void namesOfContentCodingsAreCaseInsensitive(String coding) {
        // Given
        byte[] spec = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] body = coding.toLowerCase(java.util.Locale.ROOT).contains("gzip") ? Gzip.of(spec) : spec;

        // When
        ApiGatewayResponse response = gate.handle(new ApiGatewayRequest(
                "/v1/lint",
                Map.of("content-encoding", coding),
                Map.of(),
                InMemoryGate.context("POST"),
                Base64.getEncoder().encodeToString(body),
                true));

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_025, 2_048, 5_000, 7_000})
    void aKeyThatS3CannotHave(int length) {
        // When
        InMemoryGate.Reply reply = gate.get("/v1/objects")
                .query("bucket", "landing")
                .query("key", "k".repeat(length))
                .send();

        // Then
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void aKeyOfManyBytesInFewCharacters() {
        // When
        InMemoryGate.Reply reply = gate.get("/v1/objects")
                .query("bucket", "landing")
                .query("key", "\u00e4".repeat(1_000))
                .send();

        // Then
        assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/definitions/%s",
                "/v1/definitions/%s/versions",
                "/v1/definitions/%s/history",
                "/v1/definitions/%s/alignment",
                "/v1/runs/%s"
            })
    void aNameThatNothingHas(String path) {
        // When
        InMemoryGate.Reply reply = gate.get(path.formatted("n".repeat(5_000))).send();

        // Then
        assertThat(reply.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no base64!",
                "AAAA",
                "2026-03-01T12:00:00.000Z run#other",
                "9 run#x",
                "zzzz run#x",
                "2026-03-01T12:00:00.000Z lease#main",
                "2026-03-01T12:00:00.000Z run#"
            })
    void aForgedPlaceInAListOfRuns(String place) {
        // Given
        String token = place.contains(" ")
                ? Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8))
                : place;

        // When
        InMemoryGate.Reply reply = gate.get("/v1/runs")
                .query("datasource", "events")
                .query("next", token)
                .send();

        // Then
        assertThat(reply.status()).isIn(200, 400);
    }

    @Test
    void aPlaceWithALongKey() {
        // Given
        String place = "2026-03-01T12:00:00.000Z run#" + "r".repeat(3_000);

        // When
        InMemoryGate.Reply reply = gate.get("/v1/runs")
                .query("datasource", "events")
                .query(
                        "next",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8)))
                .send();

        // Then
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void aForgedPlaceInAListOfReports() {
        // When
        InMemoryGate.Reply reply = gate.get("/v1/retention/reports")
                .query("next", "20260301T120000000Z-00000000#" + "d".repeat(2_000))
                .send();

        // Then
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void aDefinitionThatDoesNotFitIntoAnItem() {
        // Given
        Random random = new Random(1);
        StringBuilder comment = new StringBuilder("# ");
        random.ints(600_000, 0x4E00, 0x9FFF).forEach(letter -> comment.append((char) letter));
        String definition = InMemoryGate.definition("events", "DAY") + comment.substring(0, 300_000) + "\n";

        // When
        InMemoryGate.Reply reply =
                gate.call("PUT", "/v1/definitions/events", definition).send();

        // Then
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void aPlanOverAnObjectInABucketThatIsNotAccessible() {
        // Given
        String body = Beans.MAPPER
                .createObjectNode()
                .set(
                        "definitions",
                        Beans.MAPPER
                                .createArrayNode()
                                .add(InMemoryGate.definition("events", "DAY")
                                        .replace("bucket: landing", "bucket: secret-bucket")))
                .toString();
        String withObjects = body.substring(0, body.length() - 1)
                + ",\"objects\":[{\"bucket\":\"secret-bucket\",\"key\":\"events/dt=2026-03-01/a.json\"}]}";

        // When
        InMemoryGate.Reply reply = gate.call("POST", "/v1/plan", withObjects).send();

        // Then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.detail()).contains("S3 does not give out what the call names");
    }

    @Test
    void aDocumentThatWouldExhaustTheStackIsLintedLikeAnyOther() {
        // When
        InMemoryGate.Reply reply =
                gate.call("POST", "/v1/lint", "[".repeat(500_000)).send();

        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("findings").size()).isPositive();
    }

    @Test
    void aBodyThatIsNestedTooDeepForItsSchema() {
        // When
        InMemoryGate.Reply reply = gate.call("POST", "/v1/plan", "{\"definitions\":" + "[".repeat(500_000))
                .send();

        // Then
        assertThat(reply.status()).isEqualTo(400);
    }

    /** Compresses bodies. */
    private static final class Gzip {
        static byte[] of(byte[] bytes) {
            var compressed = new java.io.ByteArrayOutputStream();
            try (var gzip = new java.util.zip.GZIPOutputStream(compressed)) {
                gzip.write(bytes);
            } catch (java.io.IOException impossible) {
                throw new java.io.UncheckedIOException(impossible);
            }
            return compressed.toByteArray();
        }
    }
}
