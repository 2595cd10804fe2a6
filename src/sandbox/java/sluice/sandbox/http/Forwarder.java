package sluice.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Passes requests on to a server and its answers back, bytes and headers unchanged, by stream. */
public final class Forwarder {

    /** Headers that belong to one connection, or that the client sets by itself. */
    private static final Set<String> PER_CONNECTION = Set.of(
            "connection",
            "content-length",
            "date",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final int NO_BODY = -1;
    private static final int UNKNOWN_LENGTH = 0;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI target;

    /** @param target scheme, host and port */
    public Forwarder(URI target) {
        this.target = target;
    }

    /**
     * Sends the request on.
     *
     * @throws IOException if the server cannot be reached or ends the connection
     */
    public HttpResponse<InputStream> send(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), body(exchange));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!PER_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while forwarding", closing);
        }
    }

    /** Passes the answer back and ends the exchange. */
    public static void relay(HttpResponse<InputStream> response, HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = response.body()) {
            response.headers().map().forEach((name, values) -> {
                if (!name.startsWith(":") && !PER_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(response.statusCode(), length(response, exchange));
            body.transferTo(exchange.getResponseBody());
        }
    }

    private static HttpRequest.BodyPublisher body(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
        if (length == null && !chunked || "0".equals(length)) {
            return HttpRequest.BodyPublishers.noBody();
        }
        HttpRequest.BodyPublisher stream = HttpRequest.BodyPublishers.ofInputStream(exchange::getRequestBody);
        return length == null ? stream : HttpRequest.BodyPublishers.fromPublisher(stream, Long.parseLong(length));
    }

    /** In the words of the JDK's server: -1 is no body, 0 a body of unknown length. */
    private static long length(HttpResponse<InputStream> response, HttpExchange exchange) {
        boolean empty = response.statusCode() == 204
                || response.statusCode() == 304
                || exchange.getRequestMethod().equals("HEAD");
        if (empty) {
            response.headers().firstValue("Content-Length").ifPresent(value -> exchange.getResponseHeaders()
                    .set("Content-Length", value));
            return NO_BODY;
        }
        long length = response.headers().firstValueAsLong("Content-Length").orElse(UNKNOWN_LENGTH);
        return length == 0 && response.headers().firstValue("Content-Length").isPresent() ? NO_BODY : length;
    }
}
