package sluice.entry.gate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes bodies: base64, gzip in both directions, and 304 for answers that the caller already has. */
final class Encoding {

    /** Compressing a smaller body costs more than it saves. */
    private static final int WORTH_COMPRESSING = 1_024;

    private Encoding() {}

    /** Returns the uncompressed body. Reading stops one byte after the limit, which defuses decompression bombs. */
    static byte[] body(ApiGatewayRequest call) {
        if (call.body() == null) {
            return new byte[0];
        }
        byte[] raw = call.isBase64Encoded() ? decoded(call.body()) : call.body().getBytes(StandardCharsets.UTF_8);
        // RFC 9110: names of codings are case-insensitive.
        String encoding = call.headers()
                .getOrDefault("content-encoding", "identity")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (encoding.equals("identity") || encoding.isEmpty()) {
            return raw;
        }
        if (!encoding.equals("gzip")) {
            throw new ProblemException(
                    415, "Unsupported media type", "Content-Encoding '" + encoding + "' is neither gzip nor identity");
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(raw))) {
            return gzip.readNBytes(Gate.LARGEST_BODY + 1);
        } catch (IOException exception) {
            throw ProblemException.badRequest("The Content-Encoding is gzip, but the body is not");
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException exception) {
            throw ProblemException.badRequest("The body is not base64: " + exception.getMessage());
        }
    }

    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException exception) {
            throw ProblemException.badRequest("The body is not UTF-8");
        }
    }

    static ApiGatewayResponse of(Answer answer, ApiGatewayRequest call) {
        Map<String, String> asked = call.headers();
        Map<String, String> headers = new TreeMap<>(answer.headers());
        headers.put("x-request-id", call.requestContext().requestId());
        headers.put("cache-control", "no-store");
        String etag = answer.headers().get("etag");
        if (etag != null) {
            headers.put("cache-control", "private, no-cache");
            boolean isRead = call.requestContext().http().method().equals("GET");
            if (isRead && matches(asked.get("if-none-match"), etag)) {
                return new ApiGatewayResponse(304, headers, null, false);
            }
        }
        headers.put("content-type", answer.contentType());
        headers.put("vary", "accept, accept-encoding");
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (body.length < WORTH_COMPRESSING || !takesGzip(asked.getOrDefault("accept-encoding", ""))) {
            return new ApiGatewayResponse(answer.status(), headers, answer.body(), false);
        }
        headers.put("content-encoding", "gzip");
        return new ApiGatewayResponse(
                answer.status(), headers, Base64.getEncoder().encodeToString(compressed(body)), true);
    }

    /** Returns true if an If-Match or If-None-Match header lists the entity tag or {@code *}. */
    static boolean matches(@Nullable String header, String etag) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    private static boolean takesGzip(String accepted) {
        return Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(","))
                .map(coding -> coding.replace(" ", ""))
                .anyMatch(coding -> coding.equals("gzip")
                        || coding.equals("*")
                        || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }
}
