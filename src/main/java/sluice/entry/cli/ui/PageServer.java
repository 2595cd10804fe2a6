package sluice.entry.cli.ui;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.core.version.SluiceVersion;
import sluice.entry.cli.api.ApiClient;

/** Serves the page on 127.0.0.1, for the browser of whoever started it. */
public final class PageServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BACKLOG = 50;
    /** A browser opens six connections; a page of chunks may wait for Druid meanwhile. */
    private static final int THREADS = 8;

    private static final int KEY_BYTES = 24;
    /** API Gateway takes no more than 10 MB. */
    private static final int LARGEST_BODY = 10 * 1024 * 1024;

    static {
        // Without it the JDK's server holds back the end of each response for 40 ms. Read once, at its first use.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final String API = "/v1/";
    private static final String KEY = "key=";
    /** Names that the page would encode in the same way, else it asks twice. */
    private static final Pattern FACTS_FIRST =
            Pattern.compile("/datasources/((?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})+)(?:/(?!runs).*)?");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final ApiClient api;
    private final PageFiles files = PageFiles.read();
    private final String key = newKey();
    private final PageGuard guard;
    private final PassThrough passThrough;
    private final PlainList plainList;

    private PageServer(ApiClient api, HttpServer server) {
        this.api = api;
        this.server = server;
        this.guard = new PageGuard(server.getAddress().getPort(), key);
        this.passThrough = new PassThrough(api);
        this.plainList = new PlainList(api);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts a server that calls an API.
     *
     * @param port 0 for any free port
     * @throws IOException if the port is not free
     */
    public static PageServer start(ApiClient api, int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        return new PageServer(api, HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG));
    }

    /** Returns the address to open, with the key of this process. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/?" + KEY + key);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            PageHeaders.ALL.forEach(exchange.getResponseHeaders()::set);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            boolean hasBody =
                    reply.body().length > 0 && !exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), hasBody ? reply.body().length : -1);
            if (hasBody) {
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write(reply.body());
                }
            }
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        PageGuard.Asked asked = new PageGuard.Asked(
                method,
                path,
                header(exchange, "host"),
                header(exchange, "origin"),
                header(exchange, "sec-fetch-site"),
                header(exchange, "cookie"));
        Optional<PageGuard.Refusal> refusal = guard.refusal(asked);
        if (refusal.equals(Optional.of(PageGuard.Refusal.NO_KEY)) && method.equals("GET") && isOpened(path, query)) {
            return new Reply(303, Map.of("location", path, "set-cookie", guard.cookie()), new byte[0]);
        }
        if (refusal.isPresent()) {
            return Reply.text(403, refusal.get().text());
        }
        if (path.startsWith(API)) {
            return passed(exchange, method, path, query);
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Reply.text(405, "Only GET").with("allow", "GET, HEAD");
        }
        return served(path, query);
    }

    /** Returns true if somebody opens the address that has the key. */
    private boolean isOpened(String path, @Nullable String query) {
        return query != null
                && query.startsWith(KEY)
                && PageFiles.isView(path)
                && guard.isKey(query.substring(KEY.length()));
    }

    private Reply served(String path, @Nullable String query) {
        if (query != null && query.startsWith(KEY) && PageFiles.isView(path)) {
            // Opened again: the key does not belong into the address that people share.
            return new Reply(303, Map.of("location", path), new byte[0]);
        }
        if (path.equals("/about.json")) {
            return Reply.of(200, "application/json", about().getBytes(StandardCharsets.UTF_8));
        }
        if (path.equals("/list")) {
            return plainList.reply();
        }
        return files.find(path)
                .map(file -> early(path, Reply.of(200, file.contentType(), file.bytes())))
                .orElseGet(() -> Reply.text(404, "There is no such page"));
    }

    /** Makes the browser ask for what a view of a datasource begins with while it still reads the page's files. */
    private static Reply early(String path, Reply reply) {
        Matcher view = FACTS_FIRST.matcher(path);
        return view.matches()
                ? reply.with(
                        "link", "<" + API + "datasources/" + view.group(1) + ">; rel=preload; as=fetch; crossorigin")
                : reply;
    }

    /** What the page needs to show the call that a view comes from. */
    private String about() {
        return JSON.createObjectNode()
                .put("api", api.address())
                .put("curl", api.curlOptions())
                .put("version", SluiceVersion.current())
                .toString();
    }

    private Reply passed(HttpExchange exchange, String method, String path, @Nullable String query) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return Reply.problem(413, "Content too large", "The API takes no more than 10 MB");
        }
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return passThrough.pass(method, path, query, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static @Nullable String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    private static String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
