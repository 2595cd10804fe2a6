package sluice.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.platform.state.StateTable;
import sluice.sandbox.Progress;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxOptions;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What one tick of {@code poll} costs when ten thousand tasks run at once and all are due: calls to the Overlord, and
 * seconds, and the function's peak memory. The state table and the function are the sandbox's; ten thousand tasks that run are more than a Druid on one
 * machine holds, so its Overlord is played: it says RUNNING of whatever it is asked for, and counts.
 *
 * <pre>./mvnw -Pbench -Dbench.main=sluice.bench.PollBench</pre>
 */
public final class PollBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RUNS = 10_000;
    private static final int SHARDS = StateTable.DUE_SHARDS;
    private static final int ITEMS_PER_WRITE = 25;

    private PollBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer overlord = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        overlord.setExecutor(Executors.newCachedThreadPool());
        overlord.createContext("/", exchange -> answer(exchange, calls));
        overlord.start();
        SandboxOptions options = SandboxOptions.defaults()
                .withEnvironment(Map.of(
                        "SLUICE_CLUSTERS_BUSY_URL",
                        "http://127.0.0.1:" + overlord.getAddress().getPort(),
                        "SLUICE_POLL_MIN_INTERVAL",
                        "PT10M",
                        "SLUICE_POLL_MAX_INTERVAL",
                        "PT10M"));
        try (Sandbox sandbox = Sandbox.start(options, Progress.silent())) {
            sandbox.lambda().pauseSchedules();
            insert(sandbox);
            Instant begun = Instant.now();
            sandbox.lambda().invoke("poll", "{}");
            System.out.printf(
                    "%d running tasks, all due at once: %d calls to the Overlord, %.1f s in one invocation%n",
                    RUNS, calls.get(), Duration.between(begun, Instant.now()).toMillis() / 1_000.0);
            sandbox.lambda().function("poll").log().search("REPORT").forEach(System.out::println);
        } finally {
            overlord.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, AtomicInteger calls) throws IOException {
        calls.incrementAndGet();
        JsonNode ids = JSON.readTree(exchange.getRequestBody());
        ObjectNode statuses = JSON.createObjectNode();
        ids.forEach(id -> statuses.putObject(id.asText())
                .put("id", id.asText())
                .put("status", "RUNNING")
                .put("duration", -1));
        byte[] body = statuses.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void insert(Sandbox sandbox) throws JsonProcessingException {
        List<WriteRequest> page = new ArrayList<>();
        for (int number = 0; number < RUNS; number++) {
            Map<String, AttributeValue> item = item(number);
            page.add(WriteRequest.builder()
                    .putRequest(PutRequest.builder().item(item).build())
                    .build());
            if (page.size() == ITEMS_PER_WRITE) {
                List<WriteRequest> full = List.copyOf(page);
                sandbox.dynamodb()
                        .client()
                        .batchWriteItem(request ->
                                request.requestItems(Map.of(sandbox.dynamodb().table(), full)));
                page.clear();
            }
        }
    }

    private static Map<String, AttributeValue> item(int number) throws JsonProcessingException {
        String id = "bench%021d".formatted(number);
        String due = "2026-01-01T00:00:00.000Z";
        ObjectNode run = JSON.createObjectNode()
                .put("id", id)
                .put("cluster", "busy")
                .put("datasource", "bench")
                .put("kind", "batch")
                .put("mode", "REPLACE")
                .put("attempt", 1)
                .put("plan", 1)
                .put("definitionHash", "0".repeat(64))
                .put("specHash", "0".repeat(64))
                .put("timeLimit", "P30D")
                .put("createdAt", due)
                .put("setbacks", 0)
                .put("dueAt", due)
                .put("version", 1);
        Instant now = Instant.now();
        run.putObject("state")
                .put("state", "Running")
                .put("since", now.toString())
                .put("taskId", "sluice_bench_" + id + "_1")
                .put("submittedAt", now.toString());
        run.putArray("chunks");
        run.putArray("history");
        run.putArray("outbox");
        return Map.of(
                "pk", AttributeValue.fromS("run#" + id),
                "sk", AttributeValue.fromS("run"),
                "body", AttributeValue.fromS(JSON.writeValueAsString(run)),
                "version", AttributeValue.fromN("1"),
                "dueShard", AttributeValue.fromN(String.valueOf(number % SHARDS)),
                "dueAt", AttributeValue.fromS(due));
    }
}
