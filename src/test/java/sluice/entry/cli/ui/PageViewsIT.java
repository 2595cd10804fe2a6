package sluice.entry.cli.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The views in a real browser, over an API whose every text is markup. {@code PageIT} has the real API. */
class PageViewsIT {

    private static final String BASE = "/datasources/" + ScriptedApi.encoded();
    private static final String RED = "2025-12-31T05:00:00Z";

    private static ScriptedPage page;
    private static ScriptedApi api;
    private static Browser browser;
    private static String root;

    @BeforeAll
    static void open() throws Exception {
        page = ScriptedPage.open();
        api = page.api();
        browser = page.browser();
        root = page.root();
        api.state(Instant.parse(RED), "Failed");
    }

    @AfterAll
    static void close() {
        if (page != null) {
            page.close();
        }
    }

    private static void view(String path) {
        page.view(path);
    }

    private static void awaitCells() {
        page.awaitCells();
    }

    private static String cell(String start) {
        return ScriptedPage.cell(start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/chunks", "/runs", "/why", "/definition", "/backfills", "run", "nothing"})
    void whateverTheApiAnswersShowsAsText(String view) {
        // When
        view(
                switch (view) {
                    case "" -> "/";
                    case "run" -> "/runs/" + ScriptedApi.RUN;
                    case "nothing" -> "/runs/unknown";
                    default -> BASE + view;
                });

        // Then
        browser.awaitText("main", view.equals("nothing") ? "<script>" : "<img src=x");
        assertThat(browser.value("document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();
        assertThat(browser.value("document.title").asText()).endsWith("Sluice");
        assertThat(browser.requests())
                .isNotEmpty()
                .filteredOn(address -> !address.startsWith(root + "/"))
                .isEmpty();
        assertThat(browser.errors()).allSatisfy(error -> assertThat(error).contains("404"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, false",
        "/, true",
        "chunks, false",
        "chunks, true",
        "run, false",
        "run, true",
        "why, false",
        "why, true",
        "definition, false",
        "definition, true",
        "runs, false",
        "runs, true",
        "backfills, false",
        "backfills, true"
    })
    void axeFindsNothing(String view, boolean isDark) throws Exception {
        // Given
        browser.dark(isDark);
        view(view.equals("/") ? "/" : view.equals("run") ? "/runs/" + ScriptedApi.RUN : BASE + "/" + view);
        if (view.equals("chunks")) {
            awaitCells();
        }
        browser.click("#calls summary");

        // Then
        assertThat(Axe.violations(browser)).isEmpty();
    }

    @Test
    void ofThreeYearsOfHoursOnlyWhatIsInViewExistsAndIsRead() {
        // Given
        MatrixTimes times = new MatrixTimes(browser, root, BASE + "/chunks");
        System.out.println("26,304 hours: " + times);
        int before = browser.requests().size();

        // When
        view(BASE + "/chunks");
        awaitCells();
        browser.awaitTrue("performance.getEntriesByName('sluice-squares').length");
        browser.value("document.querySelector('.matrix').scrollTop = 1e9");

        // Then
        assertThat(browser.value("document.querySelector('.matrix').getAttribute('aria-rowcount')")
                        .asInt())
                .isEqualTo(1097);
        browser.awaitTrue(
                "document.querySelector(\"" + cell("2023-01-01T05:00:00Z") + "\")?.classList.contains('Available')");
        assertThat(browser.value("document.querySelectorAll('.matrix-body .matrix-row').length")
                        .asInt())
                .isLessThan(80);
        assertThat(chunkPages(before)).as("pages, without the years between").hasSizeBetween(2, 9);
    }

    /** Addresses of the pages of chunks that were asked for since a number of requests. */
    private static Set<String> chunkPages(int since) {
        return browser.requests().stream()
                .skip(since)
                .filter(address -> address.contains("/chunks?interval="))
                .collect(Collectors.toSet());
    }

    @Test
    void rowsAreInTheOrderOfTheDocumentHoweverOneScrolls() {
        // Given
        view(BASE + "/chunks");
        awaitCells();

        // When
        for (int top : new int[] {9000, 8600, 0, 300}) {
            browser.value("document.querySelector('.matrix').scrollTop = " + top);
            browser.awaitTrue("document.querySelector('.matrix-body').innerText.length > 0");
        }

        // Then
        browser.awaitTrue(
                """
                (() => {
                  const rows = [...document.querySelectorAll('.matrix-body .matrix-row')].map(each => Number(each.ariaRowIndex));
                  return rows.length > 20 && rows.every((row, at) => !at || row > rows[at - 1]);
                })()""");
    }

    @Test
    void fromTheListToTheMatrixNothingIsReadTwice() {
        // Given
        view("/");
        browser.awaitText("tbody", "✕ stale");
        int before = browser.requests().size();

        // When
        browser.click("tbody th a");
        awaitCells();

        // Then
        assertThat(browser.requests().subList(before, browser.requests().size()))
                .isNotEmpty()
                .noneMatch(address -> address.endsWith("/v1/datasources/" + ScriptedApi.encoded()));
        browser.click("#calls summary")
                .awaitText("#calls", "/v1/datasources/" + ScriptedApi.encoded() + "'")
                .awaitText("#calls", "/chunks?interval=");
    }

    @Test
    void aSquareChangesWithoutReloading() {
        // Given
        String hour = "2025-12-30T07:00:00Z";
        view(BASE + "/chunks?interval=2025-12-20/2026-01-01");
        browser.awaitTrue("document.querySelector(\"" + cell(hour) + "\").classList.contains('Available')");
        browser.value("window.notReloaded = true");

        // When
        api.state(Instant.parse(hour), "Loading");

        // Then
        browser.awaitTrue("document.querySelector(\"" + cell(hour) + "\").classList.contains('Loading')")
                .awaitText("#said", "2025-12-30 07:00 is now Loading");
        assertThat(browser.value("window.notReloaded").asBoolean()).isTrue();
    }

    @Test
    void theKeyboardLeadsFromTheListToTheReasonOfARedSquare() {
        // Given
        view("/");
        browser.awaitText("main", "1 datasource");

        // When
        for (int presses = 0; presses < 30 && !focused().contains("onerror"); presses++) {
            browser.press("Tab");
        }
        browser.press("Enter");
        awaitCells();
        for (int presses = 0; presses < 30 && !isInTheMatrix(); presses++) {
            browser.press("Tab");
        }
        browser.press("End");
        for (int steps = 23; steps > 5; steps--) {
            browser.press("ArrowLeft");
        }

        // Then
        browser.awaitTrue("document.activeElement.getAttribute('aria-label') === '2025-12-31 05:00: Failed'")
                .awaitText(".panel", "The task has failed in Druid.");
        browser.press("Enter");
        browser.awaitText("h1", "Failed").awaitText("main", "Timeline");
        assertThat(browser.value("location.pathname").asText()).isEqualTo("/runs/" + ScriptedApi.RUN);
        assertThat(browser.value("document.activeElement.tagName").asText()).isEqualTo("H1");
    }

    private static String focused() {
        return browser.value("document.activeElement.matches('a') ? document.activeElement.textContent : ''")
                .asText();
    }

    private static boolean isInTheMatrix() {
        return browser.value("!!document.activeElement.dataset.at").asBoolean();
    }

    @Test
    void aRangeIsDraggedOrExtendedByTheKeyboard() {
        // Given
        view(BASE + "/chunks?interval=2025-12-20/2026-01-01");
        awaitCells();

        // When
        browser.drag(cell("2025-12-30T02:00:00Z"), cell("2025-12-30T06:00:00Z"));

        // Then
        browser.awaitText(".panel", "2025-12-30T02:00:00Z/2025-12-30T07:00:00Z");
        assertThat(browser.value("document.querySelectorAll('.chosen').length").asInt())
                .isEqualTo(5);

        // And the keyboard takes it from where the drag began
        browser.press("Escape").press("ArrowRight", true).press("ArrowDown", true);
        browser.awaitText(".panel", "2025-12-29T03:00:00Z/2025-12-30T03:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "read, 'none'",
        "read plan, 'Plan version 1'",
        "read plan apply, 'Plan version 1, Roll back to version 1'",
        "read operate, 'Pause, Plan, Stop'"
    })
    void onlyWhatTheApiWouldTakeIsOffered(String granted, String expected) {
        // Given
        api.roles(List.of(granted.split(" ")));
        Set<String> offered = new TreeSet<>();
        try {
            // When
            for (String address : List.of("/definition", "/backfills", "/backfills/" + ScriptedApi.BACKFILL)) {
                view(BASE + address);
                browser.value("[...document.querySelectorAll('main button:not(.small)')].map(each => each.textContent)")
                        .forEach(button -> offered.add(button.asText()));
            }
        } finally {
            api.roles(ScriptedApi.ROLES);
        }

        // Then
        assertThat(offered.isEmpty() ? "none" : String.join(", ", offered)).isEqualTo(expected);
    }

    @Test
    void anyTwoVersionsDifferInWordsAndLineByLine() {
        // When
        view(BASE + "/definition?from=2&to=1");

        // Then
        browser.awaitText("main", "In words")
                .awaitText("main li", ": \"2\" becomes \"1\"")
                .awaitText(".diff .removed", "- version: 2");
    }

    @Test
    void whoMayNotOperateIsNotAskedForRowsToGoBack() {
        // Given
        api.roles(List.of("read", "plan", "apply"));
        try {
            view(BASE + "/definition");

            // When
            browser.click(".tools button.danger").awaitTrue("document.activeElement.id === 'reason'");
        } finally {
            api.roles(ScriptedApi.ROLES);
        }

        // Then
        assertThat(browser.value("!!document.querySelector('#data')").asBoolean())
                .isFalse();
    }

    @Test
    void aRunLeadsToItsTaskInDruidsConsole() {
        // When
        view("/runs/" + ScriptedApi.RUN);

        // Then
        browser.awaitTrue("document.querySelector('a[target=_blank]')?.href.startsWith('" + ScriptedApi.CONSOLE
                + "#tasks/task_id=')");
        assertThat(browser.value("document.querySelector('a[target=_blank]').rel")
                        .asText())
                .isEqualTo("noreferrer");
    }

    @Test
    void theTimelineGoesOnWithWhatFollowsTheRun() throws Exception {
        // Given
        view("/runs/" + ScriptedApi.RUN);
        browser.awaitText("main", "Timeline");
        assertThat(browser.text("main")).doesNotContainIgnoringCase("compact").doesNotContain("tagged");

        // When
        api.followed(
                "tags", "{\"state\": \"available\", \"at\": \"2025-12-31T12:01:33Z\", \"objects\": 3, \"tagged\": 2}");
        api.followed(
                "compaction",
                """
                [{"interval": "2025-12-31T12:00:00Z/2025-12-31T13:00:00Z", "state": "DONE", "since": "2025-12-31T12:06:30Z",
                  "reason": "there is one segment", "run": "c3v5q7m2a4c6e2g4i6k2m4o6q2"},
                 {"interval": "2025-12-31T13:00:00Z/2025-12-31T14:00:00Z", "state": "WAITING", "since": "2025-12-31T12:07:30Z",
                  "reason": "<img src=x>", "cluster": "main"}]""");
        view("/runs/" + ScriptedApi.RUN);

        // Then
        browser.awaitText("main", "Files tagged as loaded")
                .awaitText("main", "2 of 3 files")
                .awaitText("main", "Compacted")
                .awaitText("main", "1 of 2 time chunks; there is one segment")
                .awaitText("main", "Waits for compaction")
                .awaitText("main", "1 of 2 time chunks; <img src=x>");
        assertThat(browser.text("main")).contains("3 s later", "5 min later");
        assertThat(browser.value("document.querySelector('a[href=\"/runs/c3v5q7m2a4c6e2g4i6k2m4o6q2\"]') !== null")
                        .asBoolean())
                .isTrue();
        assertThat(Axe.violations(browser)).isEmpty();
    }

    @Test
    void theWhyHasASentenceAPlaceAndACommand() {
        // When
        view(BASE + "/why");

        // Then
        browser.awaitText(".card", "The task has failed in Druid. TASK_FAILED")
                .awaitText(".card", "s3://landing/" + ScriptedApi.NAME + ", line 17")
                .awaitText(".card code", "aws s3 cp");
    }

    @Test
    void theListIsThereWithoutScripts() {
        // When
        browser.open(root + "/list");

        // Then
        assertThat(browser.text("tbody")).contains(ScriptedApi.NAME);
        assertThat(browser.value("document.querySelectorAll('img, script').length")
                        .asInt())
                .isZero();
    }

    @Test
    void everyViewShowsTheCallsBehindIt() {
        // When
        view(BASE + "/definition");
        browser.click("#calls summary");

        // Then
        browser.awaitText("#calls", "curl -sS '" + api.url() + "/v1/datasources/" + ScriptedApi.encoded() + "'")
                .awaitText("#calls", "sluice history");
    }
}
