package sluice.entry.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Every way in which a call can go wrong ends in words that help. */
class ApiClientTest {

    private static ApiClient client(FakeApi api) {
        return new ApiClient(ApiAddress.of(api.url()), CallAuthorization.none(), Duration.ZERO);
    }

    @Test
    void aProblemIsToldInTheApisWordsWithItsFindings() {
        String problem =
                """
                {"type": "about:blank", "title": "Unprocessable content", "status": 422, "detail": "It has errors",
                 "instance": "urn:request:r-1", "findings": [{"code": "SLU-0004", "severity": "ERROR",
                 "pointer": "/shcema", "line": 3, "column": 1, "message": "unknown", "suggestion": "schema", "new": 1}]}
                """;
        try (FakeApi api = new FakeApi(asked -> FakeApi.Said.json(422, problem))) {
            ApiException failed =
                    catchThrowableOfType(ApiException.class, () -> client(api).call(ApiCall.get("/v1/x")));

            assertThat(failed).hasMessage("It has errors (422 Unprocessable content, request r-1)");
            assertThat(failed.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.suggestion()).isEqualTo("schema");
                assertThat(finding.line()).isEqualTo(3);
            });
            assertThat(failed.isAboutTheDocument()).isTrue();
        }
    }

    @Test
    void whatApiGatewaySaysComesWithAdvice() {
        try (FakeApi api = new FakeApi(asked -> FakeApi.Said.json(403, "{\"message\": \"Forbidden\"}"))) {
            assertThatThrownBy(() -> client(api).call(ApiCall.get("/v1/x")))
                    .hasMessageContaining("403: Forbidden")
                    .hasMessageContaining("execute-api:Invoke");
        }
    }

    @Test
    void aWebPageIsNoAnswer() {
        try (FakeApi api = new FakeApi(asked -> FakeApi.Said.json(200, "<html>Welcome</html>"))) {
            assertThatThrownBy(() -> client(api).call(ApiCall.get("/v1/x")))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("is this the API's address?");
        }
    }

    @Test
    void whatChangesNothingIsRepeatedWhileTheApiIsBusyAndNothingElseIs() throws ApiException {
        AtomicInteger calls = new AtomicInteger();
        try (FakeApi api = new FakeApi(
                asked -> FakeApi.Said.json(calls.incrementAndGet() % 3 == 0 ? 200 : 503, "{\"detail\": \"busy\"}"))) {
            assertThat(client(api).call(ApiCall.ask("/v1/plan", "{}")).status()).isEqualTo(200);
            assertThat(api.asked()).hasSize(3);

            assertThatThrownBy(() -> client(api).call(ApiCall.put("/v1/x", "application/yaml", "a: 1")))
                    .hasMessageContaining("busy");
            assertThat(api.asked()).hasSize(4);
        }
    }

    @Test
    void compressedAnswersAreRead() throws ApiException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"a\": \"ä\"}".getBytes(StandardCharsets.UTF_8));
        }
        try (FakeApi api =
                new FakeApi(asked -> new FakeApi.Said(200, Map.of("content-encoding", "gzip"), bytes.toByteArray()))) {
            assertThat(client(api).call(ApiCall.get("/v1/x")).body().path("a").asText())
                    .isEqualTo("ä");
        }
    }

    @Test
    void anAddressWhereNobodyAnswersIsNamed() {
        String url;
        try (FakeApi api = new FakeApi(asked -> FakeApi.Said.json(200, "{}"))) {
            url = api.url();
        }
        assertThatThrownBy(() -> new ApiClient(ApiAddress.of(url), CallAuthorization.none(), Duration.ZERO)
                        .call(ApiCall.get("/v1/x")))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining(url)
                .hasMessageContaining("--url");
        assertThatThrownBy(() -> new ApiClient(
                                ApiAddress.of("https://nowhere.invalid"), CallAuthorization.none(), Duration.ZERO)
                        .call(ApiCall.get("/v1/x")))
                .hasMessageContaining("https://nowhere.invalid: unknown host");
    }

    @Test
    void aTokenGoesWhereItIsSafe() throws ApiException {
        Map<String, String> token = Map.of("SLUICE_TOKEN", "t0ken");
        try (FakeApi api = new FakeApi(asked -> FakeApi.Said.json(200, "{}"))) {
            new ApiConnection(api.url(), null, false).open(token).call(ApiCall.get("/v1/x"));
            new ApiConnection(api.url(), null, false).open(Map.of()).call(ApiCall.get("/v1/x"));

            assertThat(api.asked().get(0).headers()).containsEntry("authorization", "Bearer t0ken");
            assertThat(api.asked().get(1).headers()).doesNotContainKey("authorization");
        }
        assertThatThrownBy(() -> new ApiConnection("http://sluice.example", null, false).open(token))
                .hasMessageContaining("not encrypted");
        assertThatThrownBy(() -> new ApiConnection("http://sluice.example", null, false).open(Map.of()))
                .hasMessageContaining("not encrypted");
        assertThatThrownBy(() -> new ApiConnection(null, null, false).open(Map.of()))
                .hasMessageContaining("SLUICE_URL");
        assertThatThrownBy(() -> new ApiConnection("sluice.example", null, false).open(Map.of()))
                .hasMessageContaining("not the address");
    }

    @Test
    void theRegionStandsInTheAddressOfApiGateway() {
        assertThat(ApiAddress.of("https://abc.execute-api.eu-west-3.amazonaws.com/prod")
                        .region())
                .contains("eu-west-3");
        assertThat(ApiAddress.of("https://sluice.example").region()).isEmpty();
    }
}
