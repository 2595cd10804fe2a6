package sluice.entry.cli.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Calls the API. A safe call is tried up to three times if the API is busy or unreachable. A call that changes
 * something is sent once, because nobody knows the outcome of a call without a response.
 */
public final class ApiClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** API Gateway itself gives up after 30 seconds. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);
    private static final int ATTEMPTS = 3;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ApiAddress address;
    private final CallAuthorization authorization;
    private final Duration pause;

    ApiClient(ApiAddress address, CallAuthorization authorization, Duration pause) {
        this.address = address;
        this.authorization = authorization;
        this.pause = pause;
    }

    /** @throws ApiException if there is no response, or the response is an error */
    public ApiResponse call(ApiCall call) throws ApiException {
        HttpResponse<byte[]> response = response(call);
        try {
            return answer(call, response);
        } catch (IOException unreadable) {
            throw ConnectionText.of(address, unreadable);
        }
    }

    private HttpResponse<byte[]> response(ApiCall call) throws ApiException {
        for (int attempt = 1; ; attempt++) {
            boolean isLast = !call.isSafe() || attempt == ATTEMPTS;
            try {
                HttpResponse<byte[]> response = send(call);
                if (isLast || !BUSY.contains(response.statusCode())) {
                    return response;
                }
            } catch (IOException unreached) {
                if (isLast) {
                    throw ConnectionText.of(address, unreached);
                }
            }
            pause(attempt);
        }
    }

    /**
     * Returns whatever the API answers, errors too. A safe call is tried again like any other.
     *
     * @throws ApiException if there is no response
     */
    public RawResponse pass(ApiCall call) throws ApiException {
        HttpResponse<byte[]> response = response(call);
        try {
            Map<String, String> headers = new TreeMap<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            return new RawResponse(response.statusCode(), headers, body(response));
        } catch (IOException unreadable) {
            throw ConnectionText.of(address, unreadable);
        }
    }

    /** Returns the API's address, without a slash at its end. */
    public String address() {
        return address.toString();
    }

    /** Returns the options with which curl authorizes a call as this client does. They name variables, never values. */
    public String curlOptions() {
        return authorization.curlOptions();
    }

    private HttpResponse<byte[]> send(ApiCall call) throws IOException, ApiException {
        URI target = address.target(call);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(ANSWER)
                .method(
                        call.method(),
                        call.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::setHeader);
        authorization.headers(call, target).forEach(request::setHeader);
        request.setHeader("accept", "application/json");
        request.setHeader("accept-encoding", "gzip");
        request.setHeader("user-agent", "sluice-cli");
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw ApiException.unreached("Interrupted while waiting for " + target);
        }
    }

    private ApiResponse answer(ApiCall call, HttpResponse<byte[]> response) throws ApiException, IOException {
        String text = text(response);
        String from = call.method() + " " + response.uri();
        if (response.statusCode() >= 300) {
            throw ProblemText.of(response.statusCode(), text, from);
        }
        return ApiResponse.of(response.statusCode(), response.headers().firstValue("etag"), text, from);
    }

    private static String text(HttpResponse<byte[]> response) throws IOException {
        return new String(body(response), StandardCharsets.UTF_8);
    }

    private static byte[] body(HttpResponse<byte[]> response) throws IOException {
        boolean isCompressed = response.headers()
                .firstValue("content-encoding")
                .filter("gzip"::equals)
                .isPresent();
        if (!isCompressed) {
            return response.body();
        }
        try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return body.readAllBytes();
        }
    }

    private void pause(int attempt) throws ApiException {
        try {
            Thread.sleep(pause.toMillis() << attempt - 1);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw ApiException.unreached("Interrupted while waiting to call " + address + " again");
        }
    }
}
