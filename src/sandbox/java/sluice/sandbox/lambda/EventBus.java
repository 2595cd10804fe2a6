package sluice.sandbox.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import sluice.sandbox.http.Loopback;

/**
 * EventBridge: takes {@code PutEvents} from the AWS SDK, keeps every event for tests, and hands it to whoever listens.
 *
 * <p>See <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>. As
 * there, an entry can fail while its neighbours succeed, and the call still answers 200.
 */
public final class EventBus implements AutoCloseable {

    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
    private static final int MAX_ENTRIES = 10;

    private final HttpServer server;
    private final List<BusEvent> events = new CopyOnWriteArrayList<>();
    private final List<Consumer<BusEvent>> listeners = new CopyOnWriteArrayList<>();
    private volatile Mode mode = Mode.WORKING;

    /** How the bus answers. */
    public enum Mode {
        /** Takes every event. */
        WORKING,
        /** Answers 500, which the SDK repeats a few times and then reports. */
        DOWN,
        /** Answers 200 and refuses every entry with ThrottlingException. */
        THROTTLING
    }

    public EventBus(int port, Executor threads) {
        server = Loopback.server(port, threads, this::handle);
    }

    public URI uri() {
        return Loopback.uri(server);
    }

    public void mode(Mode newMode) {
        mode = newMode;
    }

    /** Everything the bus has taken, in order. */
    public List<BusEvent> events() {
        return List.copyOf(events);
    }

    /** The events of one type, in order. */
    public List<BusEvent> events(String type) {
        return events.stream().filter(event -> event.type().equals(type)).toList();
    }

    /** Calls the listener with every event from now on, on the thread of the sender. */
    public void onEvent(Consumer<BusEvent> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (mode == Mode.DOWN) {
            Loopback.answer(exchange, 500, CONTENT_TYPE, "{\"__type\":\"InternalException\"}");
        } else if ("AWSEvents.PutEvents".equals(target)) {
            putEvents(exchange, Json.read(body).path("Entries"));
        } else {
            Loopback.answer(exchange, 400, CONTENT_TYPE, "{\"__type\":\"UnknownOperationException\"}");
        }
    }

    private void putEvents(HttpExchange exchange, JsonNode entries) throws IOException {
        if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            Loopback.answer(
                    exchange,
                    400,
                    CONTENT_TYPE,
                    "{\"__type\":\"ValidationException\",\"message\":\"1 to 10 entries are allowed\"}");
            return;
        }
        List<BusEvent> taken = new ArrayList<>();
        List<Map<String, String>> results = new ArrayList<>();
        for (JsonNode entry : entries) {
            results.add(put(entry, taken));
        }
        long failures = results.stream()
                .filter(result -> result.containsKey("ErrorCode"))
                .count();
        events.addAll(taken);
        taken.forEach(event -> listeners.forEach(listener -> listener.accept(event)));
        Loopback.answer(
                exchange, 200, CONTENT_TYPE, Json.write(Map.of("FailedEntryCount", failures, "Entries", results)));
    }

    private Map<String, String> put(JsonNode entry, List<BusEvent> taken) {
        if (mode == Mode.THROTTLING) {
            return Map.of("ErrorCode", "ThrottlingException", "ErrorMessage", "Rate exceeded");
        }
        var detail = Json.tryRead(entry.path("Detail").asText().getBytes(StandardCharsets.UTF_8));
        if (detail.isEmpty() || !detail.get().isObject()) {
            return Map.of("ErrorCode", "MalformedDetail", "ErrorMessage", "Detail is malformed.");
        }
        taken.add(new BusEvent(
                Instant.now(),
                entry.path("EventBusName").asText("default"),
                entry.path("Source").asText(),
                entry.path("DetailType").asText(),
                detail.get(),
                Optional.ofNullable(entry.path("TraceHeader").textValue())));
        return Map.of("EventId", UUID.randomUUID().toString());
    }
}
