package sluice.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/** HTTP servers that only this machine can reach. */
public final class Loopback {

    private static final int DEFAULT_BACKLOG = 0;
    private static final int NO_BODY = -1;

    static {
        // Without it the JDK's server holds back the end of each answer for 40 ms. Read once, at its first use.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private Loopback() {}

    /**
     * Starts a server for all paths.
     *
     * @param port    0 for any free one
     * @param threads runs the requests
     */
    public static HttpServer server(int port, Executor threads, HttpHandler handler) {
        try {
            return started(HttpServer.create(address(port), DEFAULT_BACKLOG), threads, handler);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port, failure);
        }
    }

    /** The same with TLS. */
    static HttpServer secureServer(int port, SSLContext context, Executor threads, HttpHandler handler) {
        try {
            HttpsServer server = HttpsServer.create(address(port), DEFAULT_BACKLOG);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return started(server, threads, handler);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port, failure);
        }
    }

    private static InetSocketAddress address(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    }

    private static HttpServer started(HttpServer server, Executor threads, HttpHandler handler) {
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    public static String hostAndPort(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public static URI uri(HttpServer server) {
        return URI.create("http://" + hostAndPort(server));
    }

    public static void answer(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        answer(exchange, status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers and ends the exchange. */
    public static void answer(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
