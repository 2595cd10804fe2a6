package sluice.platform.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks the JSON protocols of Secrets Manager ({@code GetSecretValue}) and SSM ({@code GetParameter}) on this machine. */
public final class SecretServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, String> errors = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    public SecretServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param name the ARN of a secret, or the ARN or name of a parameter */
    public SecretServer holds(String name, String text) {
        secrets.put(name, text);
        errors.remove(name);
        return this;
    }

    /** Has the service refuse a secret from now on. */
    public void refuses(String name, String errorCode) {
        errors.put(name, errorCode);
    }

    /** The calls so far, such as {@code GetParameter /druid decrypted}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        boolean isSecret = target.equals("secretsmanager.GetSecretValue");
        if (!isSecret && !target.equals("AmazonSSM.GetParameter")) {
            send(exchange, 400, Map.of("__type", "UnknownOperationException"));
            return;
        }
        String name = body.path(isSecret ? "SecretId" : "Name").asText();
        boolean isDecrypted = isSecret || body.path("WithDecryption").asBoolean();
        calls.add(target.substring(target.indexOf('.') + 1) + " " + name
                + (isSecret ? "" : isDecrypted ? " decrypted" : " encrypted"));
        String text = secrets.get(name);
        if (errors.containsKey(name)) {
            send(exchange, 400, Map.of("__type", errors.get(name), "message", "no: " + text));
        } else if (text == null) {
            send(
                    exchange,
                    400,
                    Map.of("__type", isSecret ? "ResourceNotFoundException" : "ParameterNotFound", "message", "none"));
        } else if (isSecret) {
            send(exchange, 200, Map.of("ARN", name, "Name", "secret", "SecretString", text, "VersionId", "1"));
        } else {
            send(
                    exchange,
                    200,
                    Map.of(
                            "Parameter",
                            Map.of("Name", name, "Type", "SecureString", "Value", isDecrypted ? text : "AQICAHh")));
        }
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> answer) throws IOException {
        byte[] body = JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
