package sluice.sandbox.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executor;
import sluice.sandbox.http.Loopback;

/**
 * API Gateway's HTTP API before a function: requests become events of payload format 2.0, the function's answer becomes
 * the response. Every caller is the IAM user {@code sandbox}, or the one that the header {@value #CALLER} names.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations</a>
 */
public final class HttpApi implements AutoCloseable {

    /** Stands for the signature that a real caller would send. */
    public static final String CALLER = "X-Sandbox-Caller";

    private static final int NO_BODY = -1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String pathPrefix;
    private final LambdaFunction function;
    private final HttpServer server;

    HttpApi(int port, Routes.HttpRoute route, LambdaFunction function, Executor threads) {
        this.pathPrefix = route.pathPrefix();
        this.function = function;
        this.server = Loopback.server(port, threads, this::handle);
    }

    public URI uri() {
        return Loopback.uri(server);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().startsWith(pathPrefix)) {
            Loopback.answer(exchange, 404, "application/json", "{\"message\":\"Not Found\"}");
            return;
        }
        try {
            Outcome outcome = function.invoke(event(exchange));
            if (outcome instanceof Outcome.Answer answer) {
                respond(exchange, Json.read(answer.text()));
            } else {
                Loopback.answer(exchange, 500, "application/json", "{\"message\":\"Internal Server Error\"}");
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static byte[] event(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        ObjectNode event = JSON.createObjectNode()
                .put("version", "2.0")
                .put("routeKey", "$default")
                .put("rawPath", path)
                .put("rawQueryString", query(exchange));
        ObjectNode headers = event.putObject("headers");
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        if (!query(exchange).isEmpty()) {
            ObjectNode parameters = event.putObject("queryStringParameters");
            for (String parameter : query(exchange).split("&")) {
                String[] parts = parameter.split("=", 2);
                parameters.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
            }
        }
        event.set("requestContext", context(exchange, path));
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (body.length > 0) {
            boolean text = isText(exchange);
            event.put(
                    "body",
                    text
                            ? new String(body, StandardCharsets.UTF_8)
                            : Base64.getEncoder().encodeToString(body));
            event.put("isBase64Encoded", !text);
        } else {
            event.put("isBase64Encoded", false);
        }
        return JSON.writeValueAsBytes(event);
    }

    private static ObjectNode context(HttpExchange exchange, String path) {
        String caller = exchange.getRequestHeaders().getFirst(CALLER);
        ObjectNode context = JSON.createObjectNode()
                .put("accountId", Aws.ACCOUNT)
                .put("requestId", UUID.randomUUID().toString())
                .put("routeKey", "$default")
                .put("stage", "$default")
                .put("timeEpoch", Instant.now().toEpochMilli());
        context.putObject("http")
                .put("method", exchange.getRequestMethod())
                .put("path", path)
                .put("protocol", exchange.getProtocol())
                .put("sourceIp", "127.0.0.1");
        context.putObject("authorizer")
                .putObject("iam")
                .put("accountId", Aws.ACCOUNT)
                .put("userArn", "arn:aws:iam::" + Aws.ACCOUNT + ":user/" + (caller == null ? "sandbox" : caller));
        return context;
    }

    private static void respond(HttpExchange exchange, JsonNode answer) throws IOException {
        try (exchange) {
            answer.path("headers").properties().forEach(header -> exchange.getResponseHeaders()
                    .set(header.getKey(), header.getValue().asText()));
            String text = answer.path("body").asText("");
            byte[] body = answer.path("isBase64Encoded").asBoolean()
                    ? Base64.getDecoder().decode(text)
                    : text.getBytes(StandardCharsets.UTF_8);
            boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.path("statusCode").asInt(200), none ? NO_BODY : body.length);
            if (!none) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** API Gateway passes text on as it is and everything else, compressed bodies among it, as base64. */
    private static boolean isText(HttpExchange exchange) {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        boolean compressed = exchange.getRequestHeaders().containsKey("Content-Encoding");
        return !compressed && (type.startsWith("text/") || type.startsWith("application/json"));
    }

    private static String query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
