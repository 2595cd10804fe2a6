package sluice.entry.cli.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A Chromium without a window, driven over its DevTools protocol. It notes every request and every error of the page.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final Duration LONGEST_CALL = Duration.ofSeconds(90);
    private static final Map<String, Integer> KEYS = Map.of(
            "Tab",
            9,
            "Enter",
            13,
            "Escape",
            27,
            "ArrowLeft",
            37,
            "ArrowUp",
            38,
            "ArrowRight",
            39,
            "ArrowDown",
            40,
            "End",
            35);

    private Duration patience = Duration.ofSeconds(15);
    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private Browser(Process process, Path profile, URI page) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Messages())
                .join();
        List.of("Page.enable", "Runtime.enable", "Network.enable", "Log.enable").forEach(each -> call(each, Map.of()));
    }

    /** Returns the executable; empty where there is none. */
    static Optional<Path> executable() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start() throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory("browser");
        Process process = new ProcessBuilder(
                        executable().orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        URI address =
                URI.create(listening(process).replaceFirst("ws:", "http:")).resolve("/json/list");
        JsonNode pages = JSON.readTree(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body());
        for (JsonNode page : pages) {
            if (page.path("type").asText().equals("page")) {
                return new Browser(
                        process,
                        profile,
                        URI.create(page.path("webSocketDebuggerUrl").asText()));
            }
        }
        throw new IllegalStateException("The browser has no page: " + pages);
    }

    private static String listening(Process process) throws IOException {
        BufferedReader log = process.errorReader();
        List<String> lines = new ArrayList<>();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            lines.add(line);
            Matcher found = LISTENING.matcher(line);
            if (found.find()) {
                Thread drain = new Thread(() -> log.lines().forEach(ignored -> {}), "browser log");
                drain.setDaemon(true);
                drain.start();
                return found.group(1);
            }
        }
        throw new IllegalStateException("The browser did not start: " + String.join("\n", lines));
    }

    /** Addresses of all requests since the start. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Exceptions of the page's scripts, and errors of the console, such as what the Content Security Policy blocks. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Forgets what the console said about answers of this status. */
    Browser forgetAnswers(int status) {
        errors.removeIf(error -> error.contains("responded with a status of " + status));
        return this;
    }

    /** Sets how long to wait for what a test expects. */
    Browser patience(Duration most) {
        patience = most;
        return this;
    }

    Browser open(String address) {
        call("Page.navigate", Map.of("url", address));
        awaitTrue("document.readyState === 'complete'");
        return this;
    }

    Browser size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    Browser dark(boolean isDark) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
        return this;
    }

    /** Value of an expression, which may be a promise. */
    JsonNode value(String expression) {
        JsonNode result = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Text of the first element that a selector finds; empty if there is none. */
    String text(String selector) {
        return value("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''")
                .asText();
    }

    Browser awaitTrue(String expression) {
        Awaitility.await()
                .alias(expression)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> value("Boolean(" + expression + ")").asBoolean());
        return this;
    }

    /** Waits until an element shows a text. */
    Browser awaitText(String selector, String text) {
        return awaitTrue("[...document.querySelectorAll(" + quoted(selector)
                + ")].some(each => each.innerText.includes(" + quoted(text) + "))");
    }

    Browser click(String selector) {
        awaitTrue("!!document.querySelector(" + quoted(selector) + ")");
        value("document.querySelector(" + quoted(selector) + ").click()");
        return this;
    }

    Browser press(String key) {
        return press(key, false);
    }

    Browser press(String key, boolean shift) {
        ObjectNode event = JSON.createObjectNode()
                .put("type", "rawKeyDown")
                .put("key", key)
                .put("code", key)
                .put("windowsVirtualKeyCode", KEYS.get(key))
                .put("modifiers", shift ? 8 : 0);
        if (key.equals("Enter")) {
            event.put("type", "keyDown").put("text", "\r");
        }
        call("Input.dispatchKeyEvent", event);
        call("Input.dispatchKeyEvent", event.put("type", "keyUp"));
        return this;
    }

    Browser type(String text) {
        call("Input.insertText", Map.of("text", text));
        return this;
    }

    /** Drags the mouse from the middle of one element to that of another. */
    Browser drag(String from, String to) {
        mouse("mousePressed", from, 1);
        mouse("mouseMoved", to, 1);
        mouse("mouseReleased", to, 0);
        return this;
    }

    /** Moves the mouse to the middle of an element. */
    Browser hover(String selector) {
        mouse("mouseMoved", selector, 0);
        return this;
    }

    private void mouse(String type, String selector, int buttons) {
        JsonNode place = value("(() => { const box = document.querySelector(" + quoted(selector)
                + ").getBoundingClientRect(); return {x: box.x + box.width / 2, y: box.y + box.height / 2}; })()");
        call(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        place.path("x").asDouble(),
                        "y",
                        place.path("y").asDouble(),
                        "button",
                        "left",
                        "buttons",
                        buttons,
                        "clickCount",
                        1));
    }

    /** What a screen reader is told: role and name of each element. */
    List<String> spoken() {
        List<String> all = new ArrayList<>();
        call("Accessibility.getFullAXTree", Map.of()).path("nodes").forEach(node -> {
            if (!node.path("ignored").asBoolean()) {
                all.add(node.at("/role/value").asText() + ": "
                        + node.at("/name/value").asText());
            }
        });
        return all;
    }

    void screenshot(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(
                file,
                Base64.getDecoder()
                        .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                                .path("data")
                                .asText()));
    }

    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private JsonNode call(String method, Object parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        synchronized (socket) {
            socket.sendText(message.toString(), true).join();
        }
        try {
            JsonNode said = answer.get(LONGEST_CALL.toSeconds(), TimeUnit.SECONDS);
            if (said.has("error")) {
                throw new IllegalStateException(method + ": " + said.path("error"));
            }
            return said.path("result");
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(method, failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method, ended);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException gone) {
            // The browser deletes some of them itself.
        }
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String message) {
            JsonNode read;
            try {
                read = JSON.readTree(message);
            } catch (JsonProcessingException malformed) {
                throw new IllegalStateException(malformed);
            }
            if (read.has("id")) {
                Optional.ofNullable(waiting.remove(read.path("id").asInt())).ifPresent(answer -> answer.complete(read));
                return;
            }
            JsonNode data = read.path("params");
            switch (read.path("method").asText()) {
                case "Network.requestWillBeSent" -> {
                    String url = data.path("request").path("url").asText();
                    // The browser's own icons, such as those of its date fields, are no requests.
                    if (!url.startsWith("data:")) {
                        requests.add(url);
                    }
                }
                case "Runtime.exceptionThrown" ->
                    errors.add(data.path("exceptionDetails").toString());
                case "Log.entryAdded" -> {
                    if (data.path("entry").path("level").asText().equals("error")) {
                        errors.add(data.path("entry").toString());
                    }
                }
                default -> {
                    // Other events say nothing that a test asks about.
                }
            }
        }
    }
}
