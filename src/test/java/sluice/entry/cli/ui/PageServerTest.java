package sluice.entry.cli.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.entry.cli.api.ApiConnection;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Asked;
import sluice.entry.cli.api.FakeApi.Said;

class PageServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeApi api = new FakeApi(PageServerTest::answer);
    private PageServer server;
    private String root;
    private String cookie;

    private static Said answer(Asked asked) {
        return switch (asked.path()) {
            case "/v1/datasources" ->
                Said.json(
                        200,
                        "{\"datasources\": [{\"datasource\": \"" + MARKUP
                                + "\", \"clusters\": [\"main\"], \"segmentGranularity\": \"DAY\"}]}");
            case "/v1/zipped" -> zipped("{\"a\": 1}");
            case "/v1/runs" ->
                Said.json(201, "{\"runs\": []}").with("etag", "\"7\"").with("set-cookie", "a=b");
            default -> Said.json(404, "{\"title\": \"Not found\", \"status\": 404, \"detail\": \"no such path\"}");
        };
    }

    private static Said zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new Said(200, Map.of("content-encoding", "gzip"), bytes.toByteArray());
    }

    @BeforeEach
    void open() throws IOException, InterruptedException, ApiException {
        server = PageServer.start(
                new ApiConnection(api.url(), null, false).open(Map.of("SLUICE_TOKEN", "token-of-the-caller")), 0);
        root = "http://" + server.address().getAuthority();
        cookie = http.send(HttpRequest.newBuilder(server.address()).build(), HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("set-cookie")
                .orElseThrow()
                .split(";")[0];
    }

    @AfterEach
    void close() {
        server.close();
        api.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).header("cookie", cookie);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theAddressWithTheKeyLeadsToTheAddressThatPeopleShare() throws Exception {
        // When
        HttpResponse<String> opened = send(HttpRequest.newBuilder(server.address()));

        // Then
        assertThat(opened.statusCode()).isEqualTo(303);
        assertThat(opened.headers().firstValue("location")).contains("/");
        assertThat(opened.headers().firstValue("set-cookie"))
                .hasValueSatisfying(text -> assertThat(text).contains("HttpOnly", "SameSite=Lax"));
    }

    @Test
    void aViewOpenedAgainWithTheKeyLosesItButNeverLeadsAway() throws Exception {
        // When
        HttpResponse<String> view = send(request("/runs/abc?key=anything"));
        HttpResponse<String> elsewhere = send(request("//evil.example/?key=anything"));

        // Then
        assertThat(view.headers().firstValue("location")).contains("/runs/abc");
        assertThat(elsewhere.headers().firstValue("location")).contains("/");
    }

    @Test
    void aWrongKeyOpensNothing() throws Exception {
        // When
        HttpResponse<String> refused = send(HttpRequest.newBuilder(URI.create(root + "/?key=wrong")));

        // Then
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("set-cookie")).isEmpty();
        assertThat(refused.body()).contains("sluice ui");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/datasources/a/chunks", "/datasources/a%20b/why", "/runs/abc", "/datasources/a/backfills/7"
            })
    void everyViewHasAnAddressOfItsOwn(String path) throws Exception {
        // When
        HttpResponse<String> view = send(request(path));

        // Then
        assertThat(view.statusCode()).isEqualTo(200);
        assertThat(view.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(view.body()).contains("/assets/app.js");
    }

    @ParameterizedTest
    @CsvSource({
        "/datasources/a%20b, a%20b",
        "/datasources/shop.orders/chunks, shop.orders",
        "/datasources/a/backfills/7, a",
        // The page encodes these names otherwise, or does not begin with the datasource.
        "/datasources/it's/chunks,",
        "/datasources/a/runs,",
        "/runs/abc,",
        "/,"
    })
    void aViewOfADatasourceMakesTheBrowserAskForItAtOnce(String path, @Nullable String datasource) throws Exception {
        // When
        HttpResponse<String> view = send(request(path));

        // Then
        assertThat(view.headers().allValues("link"))
                .isEqualTo(
                        datasource == null
                                ? List.of()
                                : List.of("</v1/datasources/" + datasource + ">; rel=preload; as=fetch; crossorigin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../PageServer.class",
                "/assets/PageServer.class",
                "/assets/chunks.js",
                "/assets/",
                "/datasources",
                "/sluice/version.txt",
                "/assets/%2e%2e/help.txt"
            })
    void nothingElseIsServed(String path) throws Exception {
        // When
        HttpResponse<String> response = send(request(path));

        // Then
        assertThat(response.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/assets/app.js", "/v1/datasources", "/v1/nothing", "/nothing", "/list"})
    void everyResponseHasTheHeadersThatProtectIt(String path) throws Exception {
        // When
        Map<String, List<String>> headers = send(request(path)).headers().map();

        // Then
        PageHeaders.ALL.forEach((name, value) -> assertThat(headers.get(name)).containsExactly(value));
        assertThat(headers.keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(PageHeaders.CONTENT_SECURITY_POLICY)
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
    }

    @Test
    void aCallIsPassedOnAsTheCallerAndWithoutCookies() throws Exception {
        // When
        HttpResponse<String> response = send(request("/v1/runs?a=b%20c&limit=5")
                .header("origin", root)
                .header("content-type", "application/json")
                .header("idempotency-key", "k-1")
                .header("x-other", "x")
                .POST(HttpRequest.BodyPublishers.ofString("{\"datasource\": \"ä\"}")));

        // Then
        Asked asked = api.asked().get(0);
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("etag")).contains("\"7\"");
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.query()).isEqualTo("a=b%20c&limit=5");
        assertThat(asked.body()).isEqualTo("{\"datasource\": \"ä\"}");
        assertThat(asked.headers())
                .containsEntry("authorization", "Bearer token-of-the-caller")
                .containsEntry("idempotency-key", "k-1")
                .doesNotContainKeys("cookie", "x-other", "origin");
    }

    @Test
    void anErrorOfTheApiArrivesAsItIs() throws Exception {
        // When
        HttpResponse<String> response = send(request("/v1/runs/none"));

        // Then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(response.body()).path("detail").asText()).isEqualTo("no such path");
    }

    @Test
    void aCompressedAnswerArrivesAsText() throws Exception {
        // When
        HttpResponse<String> response = send(request("/v1/zipped"));

        // Then
        assertThat(response.body()).isEqualTo("{\"a\": 1}");
    }

    @Test
    void anApiThatIsGoneIsAProblemInTheApisForm() throws Exception {
        // Given
        api.close();

        // When
        HttpResponse<String> response =
                send(request("/v1/runs").header("origin", root).POST(HttpRequest.BodyPublishers.ofString("{}")));

        // Then
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(JSON.readTree(response.body()).path("detail").asText()).contains("cannot connect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/../secret",
                "/v1/./a",
                "/v1//a",
                "/v1/a/..",
                "/v1/%2e%2e/a",
                "/v1/a%2Fb",
                "/v1/a%5cb",
                "/v1/"
            })
    void aPathThatMeansAnotherOneIsNotPassedOn(String path) throws Exception {
        // When: written by hand, because clients tidy paths up
        String status = raw("GET " + path + " HTTP/1.1\r\nHost: " + root.substring(7) + "\r\nCookie: " + cookie
                + "\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(status).startsWith("HTTP/1.1 404");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void anotherSitesCallReachesNoApi() throws Exception {
        // When
        String status = raw("POST /v1/runs HTTP/1.1\r\nHost: " + root.substring(7) + "\r\nCookie: " + cookie
                + "\r\nOrigin: http://evil.example\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 2\r\n"
                + "Connection: close\r\n\r\n{}");

        // Then
        assertThat(status).startsWith("HTTP/1.1 403");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void aReboundNameReachesNoApi() throws Exception {
        // When
        String status = raw("GET /v1/datasources HTTP/1.1\r\nHost: rebound.example:"
                + URI.create(root).getPort() + "\r\nCookie: " + cookie + "\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(status).startsWith("HTTP/1.1 403");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void theListWithoutScriptsShowsMarkupAsText() throws Exception {
        // When
        HttpResponse<String> list = send(request("/list"));

        // Then
        assertThat(list.body()).doesNotContain("<img").contains("&lt;img src=x onerror=alert(1)&gt;", "<td>main");
    }

    @Test
    void thePageLearnsHowToCallTheApiButNoSecret() throws Exception {
        // When
        HttpResponse<String> about = send(request("/about.json"));

        // Then
        assertThat(JSON.readTree(about.body()).path("api").asText()).isEqualTo(api.url());
        assertThat(JSON.readTree(about.body()).path("curl").asText())
                .isEqualTo("-H \"authorization: Bearer $SLUICE_TOKEN\"");
        assertThat(about.body()).doesNotContain("token-of-the-caller");
    }

    @Test
    void theWholePageIsSmall() {
        assertThat(PageFiles.read().size()).isBetween(10_000L, 200_000L);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", URI.create(root).getPort());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
