package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class EncodingTest {

    @Test
    void aCompressedBodyIsUnfoldedNoFurtherThanTheLimit() throws IOException {
        byte[] bomb = gzip(new byte[20 * Gate.LARGEST_BODY]);

        assertThat(Encoding.body(call("PUT", Map.of("content-encoding", "gzip"), bomb)))
                .hasSize(Gate.LARGEST_BODY + 1);
    }

    @Test
    void whatIsNotGzipThoughItSaysSoIsABadRequest() {
        ApiGatewayRequest call =
                call("PUT", Map.of("content-encoding", "gzip"), "plain".getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Encoding.body(call))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void aBodyThatIsNotUtf8IsABadRequest() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Encoding.text(new byte[] {(byte) 0xff}));
    }

    @Test
    void onlyAReadIsAnsweredWithNotModified() {
        Answer answer = new Answer(200, "application/json", "{}", Map.of("etag", "\"1\""));

        assertThat(Encoding.of(answer, call("GET", Map.of("if-none-match", "W/\"1\""), new byte[0]))
                        .statusCode())
                .isEqualTo(304);
        assertThat(Encoding.of(answer, call("PUT", Map.of("if-none-match", "*"), new byte[0]))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCallerWhoRefusesGzipGetsPlainText() {
        Answer answer = new Answer(200, "application/json", "x".repeat(5_000), Map.of());

        assertThat(Encoding.of(answer, call("GET", Map.of("accept-encoding", "gzip;q=0"), new byte[0]))
                        .isBase64Encoded())
                .isFalse();
        assertThat(Encoding.of(answer, call("GET", Map.of("accept-encoding", "br, gzip"), new byte[0]))
                        .headers())
                .containsEntry("content-encoding", "gzip");
    }

    private static ApiGatewayRequest call(String method, Map<String, String> headers, byte[] body) {
        return new ApiGatewayRequest(
                "/prod/v1/lint",
                headers,
                null,
                new ApiGatewayRequest.RequestContext("id", "prod", new ApiGatewayRequest.Http(method), null),
                Base64.getEncoder().encodeToString(body),
                true);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
