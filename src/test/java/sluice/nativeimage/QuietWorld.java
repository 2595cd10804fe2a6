package sluice.nativeimage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Executor;
import sluice.sandbox.http.Loopback;

/** DynamoDB, S3 and a Druid with nothing in them: every query, key and list comes back empty, at once. */
final class QuietWorld implements AutoCloseable {

    private static final String DYNAMODB = "application/x-amz-json-1.0";
    private static final String NO_OBJECTS =
            "<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>";

    private final HttpServer server;

    QuietWorld(Executor threads) {
        server = Loopback.server(0, threads, QuietWorld::answer);
    }

    URI uri() {
        return Loopback.uri(server);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String query = exchange.getRequestURI().getQuery();
        if (target != null) {
            boolean isQuery = target.endsWith(".Query");
            Loopback.answer(exchange, 200, DYNAMODB, isQuery ? "{\"Count\":0,\"Items\":[],\"ScannedCount\":0}" : "{}");
        } else if (query != null && query.contains("list-type=2")) {
            Loopback.answer(exchange, 200, "application/xml", NO_OBJECTS);
        } else if (exchange.getRequestURI().getPath().startsWith("/druid/")) {
            Loopback.answer(exchange, 200, "application/json", "[]");
        } else {
            Loopback.answer(exchange, 501, "text/plain", "nothing here answers " + exchange.getRequestURI());
        }
    }
}
