package sluice.sandbox.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import sluice.sandbox.http.Loopback;

/**
 * The Lambda Runtime API for one function process, on a port of its own.
 *
 * <p>See <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda runtime API</a>. The
 * runtime asks for the next invocation and gets its answer when there is one; it posts the response or the error under
 * the invocation's id; it may post that its initialisation failed.
 */
final class RuntimeApi implements AutoCloseable {

    private static final String PREFIX = "/2018-06-01/runtime/";
    private static final String INVOCATION = PREFIX + "invocation/";
    private static final int MAX_RESPONSE_BYTES = 6 * 1024 * 1024;

    private final String functionArn;
    private final HttpServer server;
    private final BlockingQueue<Optional<Invocation>> pending = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> initialised = new CompletableFuture<>();

    RuntimeApi(String functionArn, Executor threads) {
        this.functionArn = functionArn;
        server = Loopback.server(0, threads, this::handle);
    }

    /** Host and port, for AWS_LAMBDA_RUNTIME_API. */
    String address() {
        return Loopback.hostAndPort(server);
    }

    /** Completes when the runtime first asks for work; fails with the runtime's message if its initialisation failed. */
    CompletableFuture<Void> initialised() {
        return initialised;
    }

    void offer(Invocation invocation) {
        pending.add(Optional.of(invocation));
    }

    /** Ends the runtime's waiting and fails what it has not answered. */
    void abandon(Outcome.Failure reason) {
        initialised.completeExceptionally(new IllegalStateException(reason.body()));
        running.values().forEach(invocation -> invocation.outcome().complete(reason));
        pending.forEach(
                waiting -> waiting.ifPresent(invocation -> invocation.outcome().complete(reason)));
        pending.clear();
        pending.add(Optional.empty());
    }

    @Override
    public void close() {
        pending.add(Optional.empty());
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(INVOCATION + "next")) {
            next(exchange);
        } else if (path.equals(PREFIX + "init/error")) {
            String message = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            initialised.completeExceptionally(new IllegalStateException(message));
            accepted(exchange);
        } else if (path.startsWith(INVOCATION) && path.endsWith("/response")) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            answer(exchange, id(path, "/response"), response(body));
        } else if (path.startsWith(INVOCATION) && path.endsWith("/error")) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String type = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
            answer(exchange, id(path, "/error"), new Outcome.Failure(type == null ? "Unhandled" : type, body));
        } else {
            Loopback.answer(exchange, 404, "application/json", "{\"errorType\":\"NotFound\"}");
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        initialised.complete(null);
        Optional<Invocation> next = take();
        if (next.isEmpty()) {
            exchange.close();
            return;
        }
        Invocation invocation = next.get();
        running.put(invocation.requestId(), invocation);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set(
                "Lambda-Runtime-Deadline-Ms",
                String.valueOf(invocation.deadline().toEpochMilli()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        headers.set(
                "Lambda-Runtime-Trace-Id",
                "Root=1-%s;Sampled=0".formatted(invocation.requestId().replace("-", "")));
        Loopback.answer(exchange, 200, "application/json", invocation.payload());
    }

    private Optional<Invocation> take() {
        try {
            return pending.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void answer(HttpExchange exchange, String requestId, Outcome outcome) throws IOException {
        Invocation invocation = running.remove(requestId);
        if (invocation == null) {
            Loopback.answer(
                    exchange,
                    400,
                    "application/json",
                    "{\"errorType\":\"InvalidRequestID\",\"errorMessage\":\"Invalid request ID\"}");
            return;
        }
        invocation.outcome().complete(outcome);
        accepted(exchange);
    }

    private static Outcome response(byte[] body) {
        return body.length <= MAX_RESPONSE_BYTES
                ? new Outcome.Answer(body)
                : Outcome.Failure.of(
                        "Function.ResponseSizeTooLarge",
                        "Response payload size exceeded maximum allowed payload size (6291556 bytes).");
    }

    private static void accepted(HttpExchange exchange) throws IOException {
        Loopback.answer(exchange, 202, "application/json", "{\"status\":\"OK\"}");
    }

    private static String id(String path, String suffix) {
        return path.substring(INVOCATION.length(), path.length() - suffix.length());
    }
}
