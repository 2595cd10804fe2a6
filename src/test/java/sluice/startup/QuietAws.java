package sluice.startup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Executor;
import sluice.sandbox.http.Loopback;

/** DynamoDB with nothing in it: every query and every key comes back empty, at once. */
final class QuietAws implements AutoCloseable {

    private static final String JSON = "application/x-amz-json-1.0";

    private final HttpServer server;

    QuietAws(Executor threads) {
        server = Loopback.server(0, threads, QuietAws::answer);
    }

    URI uri() {
        return Loopback.uri(server);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        exchange.getRequestBody().readAllBytes();
        if (target == null) {
            Loopback.answer(exchange, 501, "text/plain", "only DynamoDB is here");
        } else {
            boolean isQuery = target.endsWith(".Query");
            Loopback.answer(exchange, 200, JSON, isQuery ? "{\"Count\":0,\"Items\":[],\"ScannedCount\":0}" : "{}");
        }
    }
}
