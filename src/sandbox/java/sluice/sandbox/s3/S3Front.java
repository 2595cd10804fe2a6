package sluice.sandbox.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import sluice.sandbox.http.Forwarder;
import sluice.sandbox.http.Loopback;

/**
 * Stands in front of the S3 server, passes everything on, and reports each new object of the landing bucket.
 *
 * <p>Addresses are path style. A notification is sent after the object is there and before the writer has its answer, so
 * a test that has uploaded knows that the notification is on its way.
 */
final class S3Front implements AutoCloseable {

    private final HttpServer server;
    private final Forwarder forwarder;
    private final ObjectReader objects;
    private final Consumer<ObjectCreated> listener;

    /**
     * @param listener called with every object that is written, in whichever bucket
     */
    S3Front(int port, URI target, ObjectReader objects, Executor threads, Consumer<ObjectCreated> listener) {
        this.forwarder = new Forwarder(target);
        this.objects = objects;
        this.listener = listener;
        this.server = Loopback.server(port, threads, this::handle);
    }

    URI uri() {
        return Loopback.uri(server);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = forwarder.send(exchange);
        } catch (IOException unreachable) {
            // The client sees a dropped connection, as if it had talked to the server itself.
            exchange.close();
            return;
        }
        if (response.statusCode() == 200) {
            WriteRequest.of(exchange).ifPresent(this::report);
        }
        Forwarder.relay(response, exchange);
    }

    private void report(WriteRequest request) {
        Optional<ObjectCreated> created = objects.find(request);
        created.ifPresent(listener);
    }

    /** Looks an object up, for its size and tag. */
    interface ObjectReader {
        Optional<ObjectCreated> find(WriteRequest request);
    }
}
