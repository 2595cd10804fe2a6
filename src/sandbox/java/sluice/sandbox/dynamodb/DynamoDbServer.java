package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import sluice.platform.state.StateException;
import sluice.sandbox.http.Loopback;
import sluice.sandbox.lambda.Json;
import sluice.simulation.InMemoryStateTable;

/**
 * DynamoDB's JSON protocol on 127.0.0.1, without checks of signatures. It does one call at a time.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html">Protocol</a>
 */
public final class DynamoDbServer implements AutoCloseable {

    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final String TARGET = "DynamoDB_20120810.";

    private final Tables tables;
    private final Operations operations;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /**
     * Starts the server, without tables.
     *
     * @param port 0 for any free one
     */
    public DynamoDbServer(int port) {
        Clock clock = Clock.systemUTC();
        this.tables = new Tables(clock);
        this.operations = new Operations(tables, new Transactions(tables, clock));
        this.server = Loopback.server(port, threads, this::handle);
    }

    public URI uri() {
        return Loopback.uri(server);
    }

    /** Changes how a table behaves, for instance its lag or its failures, while no call is under way. */
    public synchronized void with(String table, Consumer<InMemoryStateTable> change) {
        change.accept(tables.table(table));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        try {
            String operation = target.startsWith(TARGET) ? target.substring(TARGET.length()) : target;
            answer(exchange, 200, answer(operation, Json.read(body)));
        } catch (DynamoDbException exception) {
            answer(exchange, 400, exception.body());
        } catch (StateException exception) {
            if (exception.code() == StateException.Code.TIMED_OUT) {
                // The caller learns nothing, as when an answer is lost on its way.
                exchange.close();
            } else {
                answer(
                        exchange,
                        Failures.status(exception),
                        Failures.of(exception).body());
            }
        } catch (IllegalArgumentException exception) {
            answer(
                    exchange,
                    400,
                    DynamoDbException.invalid(exception.getMessage()).body());
        }
    }

    private synchronized ObjectNode answer(String operation, JsonNode request) {
        return operations.answer(operation, request);
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        Loopback.answer(exchange, status, CONTENT_TYPE, Json.write(body));
    }
}
