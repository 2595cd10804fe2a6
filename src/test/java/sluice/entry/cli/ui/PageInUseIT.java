package sluice.entry.cli.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would make a person stop: work that vanishes, a focus that is lost, a key without an answer. */
class PageInUseIT {

    private static final String BASE = "/datasources/" + ScriptedApi.encoded();
    private static final String DAYS = BASE + "/chunks?interval=2025-12-20/2026-01-01";

    private static ScriptedPage page;
    private static ScriptedApi api;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        page = ScriptedPage.open();
        api = page.api();
        browser = page.browser();
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

    private static void openDays() {
        view(DAYS);
        page.awaitCells();
    }

    private static String cell(String start) {
        return ScriptedPage.cell(start);
    }

    /** What a view does every few seconds. */
    private static void readAgain() {
        browser.value("document.dispatchEvent(new Event('visibilitychange'))");
    }

    @Test
    void theFormOfAChosenRangeStaysWhateverIsReadOrPointedAt() {
        // Given
        openDays();
        browser.drag(cell("2025-12-30T02:00:00Z"), cell("2025-12-30T06:00:00Z"));
        browser.awaitText(".panel", "2025-12-30T02:00:00Z/2025-12-30T07:00:00Z")
                .awaitText("#said", "5 time chunks are chosen");
        browser.value("document.querySelector('.panel input[type=text]').focus()");
        browser.type("late files");

        // When
        browser.hover(cell("2025-12-29T10:00:00Z"));
        api.state(Instant.parse("2025-12-30T03:00:00Z"), "Loading");
        readAgain();

        // Then
        browser.awaitText("#said", "2025-12-30 03:00 is now Loading");
        assertThat(browser.text(".panel")).contains("2025-12-30T02:00:00Z/2025-12-30T07:00:00Z");
        assertThat(browser.value("document.activeElement.value").asText()).isEqualTo("late files");
    }

    @Test
    void thePanelShowsWhatHasChangedOfItsSquare() {
        // Given
        Instant hour = Instant.parse("2025-12-28T03:00:00Z");
        openDays();
        browser.hover(cell(hour.toString())).awaitText(".panel", "Druid serves it");

        // When
        api.state(hour, "Gathering");
        readAgain();

        // Then
        browser.awaitText(".panel", "files wait for a run");
    }

    @Test
    void theFocusStaysWhenTheListIsReadAgain() {
        // Given
        view("/");
        browser.awaitText("tbody", "✕ stale");
        browser.value("document.querySelector('tbody th a').focus()");
        browser.value("document.querySelector('tbody tr').isOld = true");

        // When
        readAgain();

        // Then
        browser.awaitTrue("!document.querySelector('tbody tr').isOld");
        assertThat(browser.value("document.activeElement === document.querySelector('tbody th a')")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-12-01, The range ends before it begins.",
        "2025-02-31, There is no such day.",
        "soon, There is no such day."
    })
    void aRangeThatIsNoneSaysSoAndCanBeMended(String until, String message) {
        // Given: days as they are written everywhere else, whatever the browser's language
        openDays();
        assertThat(browser.value("document.querySelector('#from').value").asText())
                .isEqualTo("2025-12-20");
        browser.value("document.querySelector('#until').value = '" + until + "'");

        // When
        browser.click("form.tools button");

        // Then
        assertThat(browser.value("document.querySelector('#until').validationMessage")
                        .asText())
                .isEqualTo(message);
        assertThat(browser.value("location.search").asText()).contains("2025-12-20");

        // And what is right is shown
        browser.value("document.querySelector('#until').value = '2025-12-25'");
        browser.click("form.tools button")
                .awaitTrue("decodeURIComponent(location.search) === '?interval=2025-12-20/2025-12-25'");
    }

    @ParameterizedTest
    @CsvSource({"runs, runs", "why, why", "definition, definition", "backfills, backfills", "chunks, time chunks"})
    void whoHearsThePageKnowsWhichViewIsOpenAndWhatCanBePressed(String view, String words) {
        // Given
        view(BASE + (view.equals("runs") ? "/chunks" : "/runs"));

        // When
        browser.click(".tabs a[href$='/" + view + "']").awaitTrue("document.activeElement.tagName === 'H1'");
        browser.awaitTrue("!document.querySelector('.busy')");

        // Then
        assertThat(browser.spoken())
                .contains("heading: " + ScriptedApi.NAME + " " + words)
                .anyMatch(each -> each.startsWith("link: "))
                .noneMatch(each -> each.matches("(link|button|textbox|combobox|checkbox): "));
    }

    @Test
    void aSquareWithoutARunSaysSo() {
        // Given
        Instant hour = Instant.parse("2025-12-31T23:00:00Z");
        api.state(hour, "Missing");
        openDays();
        browser.value("document.querySelector(\"" + cell(hour.toString()) + "\").focus()");

        // When
        browser.press("End").press("Enter");

        // Then
        browser.awaitText(".panel", "No run of it is known.").awaitText("#said", "No run of 2025-12-31 23:00 is known");
        assertThat(browser.value("location.pathname").asText()).endsWith("/chunks");
    }
}
