package sluice.entry.cli.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/**
 * The page as people use it: a real Chromium, the real API, a real Druid. {@code -Dpage.images=docs/images} renews the
 * pictures of the documentation.
 */
@ExtendWith(SandboxExtension.class)
class PageIT {

    private static final Path IMAGES = Path.of(System.getProperty("page.images", "target/page"));

    private PageServer server;
    private Browser browser;
    private String root;

    @BeforeEach
    void open(Sandbox sandbox) throws IOException, InterruptedException {
        assumeTrue(Browser.executable().isPresent(), "Skipped: there is no Chromium on the PATH");
        server = sandbox.page();
        root = "http://" + server.address().getAuthority();
        browser = Browser.start()
                .patience(Ingestion.PATIENCE)
                .size(1280, 800)
                .open(server.address().toString());
    }

    @AfterEach
    void nothingElseWasAskedAndNothingBroke() {
        if (browser == null) {
            return;
        }
        try (PageServer closed = server;
                Browser ended = browser) {
            assertThat(ended.requests())
                    .isNotEmpty()
                    .filteredOn(address -> !address.startsWith(root + "/"))
                    .isEmpty();
            assertThat(ended.errors()).isEmpty();
            assertThat(closed.address()).isNotNull();
        }
    }

    private static String cell(String day) {
        return "[data-at='" + Instant.parse(day + "T00:00:00Z").toEpochMilli() + "']";
    }

    private Browser awaitState(String day, String state) {
        return browser.awaitTrue("document.querySelector(\"" + cell(day) + "\")?.classList.contains('" + state + "')");
    }

    private void openChunks(String datasource) {
        // The functions read definition files again after a moment. Until then the API answers 404, and the console
        // says so.
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            browser.open(root + "/datasources/" + datasource + "/chunks?interval=2026-01-01/2026-03-01");
            browser.patience(Duration.ofSeconds(5)).awaitTrue("document.querySelector('.matrix')");
        });
        browser.forgetAnswers(404).patience(Ingestion.PATIENCE);
    }

    @Test
    void theSquareOfAFileThatArrivesChangesWithoutReloading(Sandbox sandbox) throws IOException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "shop_orders").define(new DefinitionText("shop_orders"));
        openChunks("shop_orders");
        awaitState("2026-01-05", "Missing");
        browser.value("window.notReloaded = true");

        // When
        ingestion.upload("dt=2026-01-05/a.json", Rows.json("2026-01-05", 1_234));

        // Then
        awaitState("2026-01-05", "Available").awaitText("#said", "2026-01-05 is now Available");
        assertThat(browser.text(cell("2026-01-05"))).isEqualTo("1.2k");
        assertThat(browser.value("window.notReloaded").asBoolean()).isTrue();

        // And its run has a timeline
        browser.value("document.querySelector(\"" + cell("2026-01-05")
                + "\").dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, button: 0}))");
        browser.press("Enter");
        browser.awaitText("main", "served and proven")
                .awaitText("main", "Files gather")
                .awaitText("td.number", "1,234");
        browser.screenshot(IMAGES.resolve("page-run.png"));
        assertThat(Axe.violations(browser)).isEmpty();
    }

    @Test
    void aBrokenFileSaysWhyAndItsNameStaysText(Sandbox sandbox) throws IOException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "shop_clicks").define(new DefinitionText("shop_clicks"));
        openChunks("shop_clicks");
        awaitState("2026-01-07", "Missing");

        // When
        ingestion.upload("dt=2026-01-06/good.json", Rows.json("2026-01-06", 100));
        ingestion.upload(
                "dt=2026-01-07/<b onclick=alert(1)>.json",
                "{\"time\": \"yesterday\"}\n".getBytes(StandardCharsets.UTF_8));

        // Then
        awaitState("2026-01-07", "Failed");
        awaitState("2026-01-06", "Available");
        browser.value("document.querySelector(\"" + cell("2026-01-07")
                + "\").dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, button: 0}))");
        browser.awaitText(".panel", "The task has failed in Druid.").awaitText(".panel .quote", "Record: 1");
        assertThat(browser.value("document.body.innerText").asText())
                .as("values of rows are for those who may see data")
                .doesNotContain("yesterday");
        browser.screenshot(IMAGES.resolve("page-chunks.png"));
        browser.open(root + "/datasources/shop_clicks/why").awaitText(".card", "TASK_FAILED");
        browser.awaitText(".card", "<b onclick=alert(1)>.json");
        assertThat(browser.value("document.querySelectorAll('main b').length").asInt())
                .isZero();
        browser.screenshot(IMAGES.resolve("page-why.png"));
        assertThat(Axe.violations(browser)).isEmpty();
    }

    @Test
    void aBackfillOfTenDaysIsDraggedAndWatchedToItsEnd(Sandbox sandbox) throws IOException {
        // Given: files that came before their definition
        Ingestion ingestion = new Ingestion(sandbox, "shop_sessions");
        for (int day = 10; day < 20; day++) {
            ingestion.upload("dt=2026-01-" + day + "/a.json", Rows.json("2026-01-" + day, 100 * day));
        }
        awaitHandled(sandbox, "shop_sessions/");
        ingestion.define(new DefinitionText("shop_sessions"));
        openChunks("shop_sessions");
        awaitState("2026-01-10", "Missing");

        // When
        browser.drag(cell("2026-01-10"), cell("2026-01-19"));
        browser.awaitText(".panel", "2026-01-10/2026-01-20").click(".panel button[type=submit]");
        browser.awaitText(".panel", "10 of 10");
        browser.screenshot(IMAGES.resolve("page-backfill-plan.png"));
        browser.value(
                "[...document.querySelectorAll('.panel button')].find(each => each.textContent === 'Start').click()");

        // Then
        browser.awaitText("h1 .mark", "Done").awaitText("main", "10 of 10 time chunks done");
        browser.screenshot(IMAGES.resolve("page-backfill.png"));
        assertThat(Axe.violations(browser)).isEmpty();
        assertThat(ingestion.rows()).isEqualTo(14_500);
        openChunks("shop_sessions");
        awaitState("2026-01-19", "Available");
    }

    /** Waits until nobody is about to load files whose keys begin so. */
    private static void awaitHandled(Sandbox sandbox, String prefix) {
        Awaitility.await().atMost(Ingestion.PATIENCE).untilAsserted(() -> assertThat(
                        sandbox.lambda().queue("sluice-generate").messages())
                .noneMatch(message -> message.contains(prefix)));
    }

    @Test
    void aRollbackOfDataAsksForTheNameOfTheDatasource(Sandbox sandbox) throws Exception {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "shop_payments");
        apply(sandbox, new DefinitionText("shop_payments"));
        ingestion.upload("dt=2026-01-05/a.json", Rows.json("2026-01-05", 10));
        ingestion.awaitAvailable();
        apply(sandbox, new DefinitionText("shop_payments").dimensions("channel"));
        browser.open(root + "/datasources/shop_payments/definition").awaitText(".diff .removed", "channel, page");
        browser.screenshot(IMAGES.resolve("page-definition.png"));
        assertThat(Axe.violations(browser)).isEmpty();

        // When
        browser.click(".tools button.danger").awaitTrue("document.activeElement.id === 'reason'");
        browser.type("wrong columns")
                .click("#data")
                .awaitTrue("!document.querySelector('#confirm').closest('label').hidden");
        String button = "document.querySelector('dialog button.danger')";
        browser.value("document.querySelector('#confirm').focus()");
        browser.type("shop_payment");
        boolean isOfferedTooEarly = !browser.value(button + ".disabled").asBoolean();
        browser.type("s").awaitTrue("!" + button + ".disabled");
        browser.click("dialog button.danger");

        // Then
        assertThat(isOfferedTooEarly).isFalse();
        browser.awaitText("dialog .note.good", "Done.");
        browser.value("document.querySelector('dialog').close()");
        browser.awaitText("tbody tr.strong", "rolled back").awaitText("tbody tr.strong", "wrong columns");
    }

    @Test
    void theListShowsWhatIsDefined(Sandbox sandbox) throws IOException {
        // Given
        new Ingestion(sandbox, "shop_returns")
                .define(new DefinitionText("shop_returns").batch("expect", "{freshness: PT2H}"));

        // When
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            browser.open(root + "/").awaitText("tbody", "day");
            assertThat(browser.text("tbody")).contains("shop_returns");
        });

        // Then
        browser.awaitText("tbody", "stale, no data").awaitText(".chips", "main");
        browser.screenshot(IMAGES.resolve("page-datasources.png"));
        assertThat(Axe.violations(browser)).isEmpty();
    }

    private static void apply(Sandbox sandbox, DefinitionText definition) throws IOException, InterruptedException {
        HttpResponse<String> applied = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(sandbox.api().uri() + "/v1/definitions/shop_payments"))
                                .header("content-type", "application/yaml")
                                .PUT(HttpRequest.BodyPublishers.ofString(definition.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(applied.statusCode()).as(applied.body()).isBetween(200, 201);
    }
}
