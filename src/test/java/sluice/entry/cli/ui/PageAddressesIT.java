package sluice.entry.cli.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody comes to on the page has an address, and the address opens the same again. */
class PageAddressesIT {

    private static final String BASE = "/datasources/" + ScriptedApi.encoded();

    private static ScriptedPage page;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        page = ScriptedPage.open();
        browser = page.browser();
    }

    @AfterAll
    static void close() {
        if (page != null) {
            page.close();
        }
    }

    /** What a view shows apart from times, and what its fields hold. */
    private static final String SEEN =
            """
            JSON.stringify([document.title, document.querySelector('#crumbs').innerText,
              document.querySelector('.matrix')?.getAttribute('aria-rowcount'),
              [...document.querySelectorAll('main :is(h1, h2, h3, caption, thead th[aria-sort], code)')].map(each => each.innerText),
              [...document.querySelectorAll('main :is(input, select)')].map(each => each.value)])""";

    static Stream<Arguments> addresses() {
        return Stream.of(
                Arguments.of(
                        "/",
                        set("#filter", "input", "img") + "; " + click("th:nth-child(4) button"),
                        "/?sort=bad&filter=img"),
                Arguments.of("/", follow(BASE + "/chunks"), BASE + "/chunks"),
                Arguments.of(
                        BASE + "/chunks",
                        "document.querySelector('#from').value = '2025-12-01';"
                                + " document.querySelector('#until').value = '2026-01-01'; "
                                + click("form.tools button"),
                        BASE + "/chunks?interval=2025-12-01%2F2026-01-01"),
                Arguments.of(BASE + "/chunks", follow(BASE + "/runs"), BASE + "/runs"),
                Arguments.of(BASE + "/runs", set("#state", "change", "Failed"), BASE + "/runs?state=Failed"),
                Arguments.of(BASE + "/runs", follow("/runs/" + ScriptedApi.RUN), "/runs/" + ScriptedApi.RUN),
                Arguments.of(BASE + "/runs", follow(BASE + "/why"), BASE + "/why"),
                Arguments.of(BASE + "/runs", follow(BASE + "/definition"), BASE + "/definition"),
                Arguments.of(BASE + "/definition", set("#newer", "change", "1"), BASE + "/definition?from=1&to=1"),
                Arguments.of(BASE + "/runs", follow(BASE + "/backfills"), BASE + "/backfills"),
                Arguments.of(
                        BASE + "/backfills",
                        follow(BASE + "/backfills/" + ScriptedApi.BACKFILL),
                        BASE + "/backfills/" + ScriptedApi.BACKFILL));
    }

    private static String click(String selector) {
        return "document.querySelector(\"" + selector + "\").click()";
    }

    private static String follow(String address) {
        // A browser and Java encode an apostrophe differently.
        return "[...document.querySelectorAll('main a')].find(each => decodeURIComponent(each.getAttribute('href'))"
                + " === decodeURIComponent(\"" + address + "\")).click()";
    }

    private static String set(String selector, String event, String value) {
        return "(field => { field.value = '%s'; field.dispatchEvent(new Event('%s')); })(document.querySelector('%s'))"
                .formatted(value, event, selector);
    }

    private static String isAt(String address) {
        return "decodeURIComponent(location.pathname + location.search) === decodeURIComponent("
                + Browser.quoted(address) + ")";
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("addresses")
    void whatOneComesToHasAnAddressThatOpensItAgain(String from, String step, String address) {
        // Given
        page.view(from);
        browser.awaitTrue("(() => { " + step + "; return true; })()");
        browser.awaitTrue(isAt(address)).awaitTrue("!document.querySelector('.busy') && document.querySelector('h1')");
        if (address.contains("/chunks")) {
            page.awaitCells();
        }
        String seen = browser.value(SEEN).asText();
        browser.value("window.isOpenedBefore = true");

        // When
        browser.open(page.root() + address);

        // Then
        browser.awaitTrue("!window.isOpenedBefore && " + SEEN + " === " + Browser.quoted(seen));
        assertThat(browser.value(isAt(address)).asBoolean()).isTrue();
    }
}
