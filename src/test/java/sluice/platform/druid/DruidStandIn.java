package sluice.platform.druid;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** A Druid that asks who is calling, and answers every call the same. */
final class DruidStandIn implements AutoCloseable {

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile Predicate<@Nullable String> accepts = any -> true;
    private volatile int status = 200;
    private volatile String answer = "{}";
    private volatile @Nullable String location;

    DruidStandIn() {
        server = started(null, 0);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Speaks TLS from now on, at the same port, to clients with a certificate alone. */
    void speakTls(SSLContext context) {
        int port = port();
        server.stop(0);
        server = started(context, port);
    }

    /** @param authorization the one value of the header that is let in */
    void demands(String authorization) {
        accepts = authorization::equals;
    }

    void answers(int newStatus, String newAnswer) {
        status = newStatus;
        answer = newAnswer;
    }

    /** Sends every caller to another server from now on. */
    void redirects(String url) {
        location = url;
        status = 307;
    }

    List<String> bodies() {
        return List.copyOf(bodies);
    }

    /** The {@code Authorization} headers of all calls so far; empty for a call without. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private HttpServer started(@Nullable SSLContext context, int port) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
            HttpServer started = context == null ? HttpServer.create(address, 0) : HttpsServer.create(address, 0);
            if (started instanceof HttpsServer secure) {
                secure.setHttpsConfigurator(new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                        wanted.setNeedClientAuth(true);
                        parameters.setSSLParameters(wanted);
                    }
                });
            }
            started.createContext("/", this::answer);
            started.start();
            return started;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(authorization == null ? "" : authorization);
        boolean isIn = accepts.test(authorization);
        byte[] body = (isIn ? answer : "Unauthorized: " + authorization).getBytes(StandardCharsets.UTF_8);
        if (location != null) {
            exchange.getResponseHeaders().add("Location", location + exchange.getRequestURI());
        }
        exchange.sendResponseHeaders(isIn ? status : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
