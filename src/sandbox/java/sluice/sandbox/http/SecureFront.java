package sluice.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** TLS in front of a server that speaks plain HTTP, with a certificate of its own. */
public final class SecureFront implements AutoCloseable {

    private final int port;
    private final Path folder;
    private final Executor threads;
    private final Forwarder forwarder;
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    /**
     * @param folder for its certificate
     * @param target scheme, host and port of the server behind
     */
    public SecureFront(int port, Path folder, URI target, Executor threads) {
        this.port = port;
        this.folder = folder;
        this.threads = threads;
        this.forwarder = new Forwarder(target);
    }

    public URI uri() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** The PEM file of the authority that its clients have to trust; it is there after {@link #start()}. */
    public Path authority() {
        return Certificate.authority(folder);
    }

    /** How many requests have come this way. */
    public int requests() {
        return requests.get();
    }

    public synchronized void start() {
        server = Loopback.secureServer(port, Certificate.create(folder).context(), threads, this::handle);
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        HttpResponse<InputStream> response;
        try {
            response = forwarder.send(exchange);
        } catch (IOException lost) {
            exchange.close();
            return;
        }
        Forwarder.relay(response, exchange);
    }
}
