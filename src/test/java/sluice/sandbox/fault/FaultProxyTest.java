package sluice.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.sandbox.http.Loopback;

class FaultProxyTest {

    private static final String BODY = "x".repeat(100_000);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final HttpServer server = Loopback.server(0, threads, this::echo);
    private final FaultProxy proxy = new FaultProxy(freePort(), Loopback.uri(server), threads);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    @AfterEach
    void close() {
        proxy.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void withoutAFaultEverythingPassesInBothDirections() throws Exception {
        // When
        HttpResponse<String> fixed = post("/fixed?a=%20b", HttpRequest.BodyPublishers.ofString(BODY));
        HttpResponse<String> chunked = post(
                "/chunked",
                HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(BODY.getBytes(StandardCharsets.UTF_8))));
        HttpResponse<String> head = client.send(
                HttpRequest.newBuilder(at("/head"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(List.of(fixed.body(), chunked.body())).containsOnly(BODY);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(received).containsExactly("POST /fixed?a=%20b", "POST /chunked", "HEAD /head");
        assertThat(proxy.hits()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = NetworkFault.class,
            names = {"RESET", "TRUNCATED", "LOST_ANSWER"})
    void aBrokenConnectionIsAFailureOfTheCaller(NetworkFault fault) {
        // Given
        proxy.inject(Pair.BUS, fault, 1);

        // When
        List<Throwable> failures = calls(20);

        // Then
        assertThat(failures).hasAtLeastOneElementOfType(IOException.class).contains((Throwable) null);
        assertThat(proxy.hits())
                .isEqualTo((int) failures.stream().filter(one -> one != null).count());
        assertThat(received).hasSize(fault == NetworkFault.RESET ? 20 - proxy.hits() : 20);
    }

    @ParameterizedTest
    @EnumSource(
            value = NetworkFault.class,
            names = {"STATUS_.*", "HTML_.*", "REDIRECT_307"},
            mode = EnumSource.Mode.MATCH_ANY)
    void anAnswerOfSomethingBetweenDoesNotReachTheServer(NetworkFault fault) throws Exception {
        // Given
        proxy.inject(Pair.BUS, fault, 1);

        // When
        List<HttpResponse<String>> answers = new CopyOnWriteArrayList<>();
        for (int call = 0; call < 20; call++) {
            answers.add(post("/a", HttpRequest.BodyPublishers.ofString("b")));
        }

        // Then
        List<HttpResponse<String>> broken =
                answers.stream().filter(answer -> !answer.body().equals("b")).toList();
        assertThat(broken).hasSize(proxy.hits()).isNotEmpty().allSatisfy(answer -> assertThat(answer.statusCode())
                .isEqualTo(fault.status()));
        assertThat(received).hasSize(20 - proxy.hits());
    }

    @Test
    void aRequestThatHangsGetsNoAnswer() {
        // Given
        proxy.inject(Pair.BUS, NetworkFault.HANG, 1);

        // When
        List<Throwable> failures = IntStream.range(0, 10)
                .mapToObj(call -> catchThrowable(() -> client.send(
                        HttpRequest.newBuilder(at("/a"))
                                .timeout(Duration.ofMillis(200))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())))
                .toList();

        // Then
        assertThat(failures).hasAtLeastOneElementOfType(HttpTimeoutException.class);
        assertThat(received.size()).isLessThan(10);
    }

    @Test
    void aRefusedConnectionIsRefusedUntilTheFaultEnds() throws Exception {
        // Given
        proxy.inject(Pair.BUS, NetworkFault.REFUSED, 1);

        // When
        assertThatThrownBy(() -> post("/a", HttpRequest.BodyPublishers.ofString("b")))
                .isInstanceOf(ConnectException.class);
        proxy.heal();

        // Then
        assertThat(post("/a", HttpRequest.BodyPublishers.ofString("b")).body()).isEqualTo("b");
    }

    @Test
    void aFaultOfOnePairLeavesTheOthersAlone() {
        // Given
        proxy.inject(Pair.BROKER, NetworkFault.RESET, 1);

        // When
        List<Throwable> failures = calls(20);

        // Then
        assertThat(failures).containsOnlyNulls();
        assertThat(proxy.hits()).isZero();
    }

    private List<Throwable> calls(int times) {
        return IntStream.range(0, times)
                .mapToObj(call -> catchThrowable(() -> post("/a", HttpRequest.BodyPublishers.ofString(BODY))))
                .toList();
    }

    private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(at(path)).POST(body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create(proxy.uri() + path);
    }

    private void echo(HttpExchange exchange) throws IOException {
        received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestURI().getPath().equals("/chunked")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body);
            exchange.close();
        } else {
            Loopback.answer(exchange, 200, "text/plain", body);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
