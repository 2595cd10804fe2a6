package sluice.sandbox.druid;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import sluice.sandbox.http.Forwarder;
import sluice.sandbox.http.Loopback;

/**
 * The way from the functions to Druid's router. Counts their requests and makes the network fail on request.
 *
 * <p>While Druid is down the proxy drops connections. {@link #refuse()} makes it refuse them instead.
 */
public final class DruidProxy implements AutoCloseable {

    private final int port;
    private final Executor threads;
    private volatile Forwarder forwarder;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private HttpServer server;

    public DruidProxy(int port, URI router, Executor threads) {
        this.port = port;
        this.threads = threads;
        this.forwarder = new Forwarder(router);
        this.server = Loopback.server(port, threads, this::handle);
    }

    /** A request that a function made. */
    public record Request(String method, String path) {}

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Leads to another router from now on. */
    public void leadTo(URI router) {
        forwarder = new Forwarder(router);
    }

    /** Every request since the start or the last {@link #reset()}, in order, also those that failed. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many requests had this method and a path that starts so. */
    public long count(String method, String pathPrefix) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().startsWith(pathPrefix))
                .count();
    }

    /** Adds a fault. Faults are looked at in the order in which they came; the first that fits is applied. */
    public void inject(Fault fault) {
        faults.add(fault);
    }

    /** Refuses connections until {@link #accept()}; open ones are closed. */
    public synchronized void refuse() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Takes connections again. */
    public synchronized void accept() {
        if (server == null) {
            server = Loopback.server(port, threads, this::handle);
        }
    }

    /** No faults, connections accepted, counts at zero. */
    public void reset() {
        faults.clear();
        requests.clear();
        accept();
    }

    @Override
    public void close() {
        refuse();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath());
        requests.add(request);
        Optional<Fault> fault =
                faults.stream().filter(candidate -> candidate.takes(request)).findFirst();
        HttpResponse<InputStream> response;
        try {
            response = fault.isPresent() ? fault.get().apply(exchange, forwarder) : forwarder.send(exchange);
        } catch (IOException lost) {
            // To the function it is a lost connection, as without the proxy.
            exchange.close();
            return;
        }
        Forwarder.relay(response, exchange);
    }
}
