package sluice.entry.cli.ui;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Instant;
import java.util.Map;
import sluice.entry.cli.api.ApiConnection;

/** The page over a scripted API, open in a browser. */
record ScriptedPage(ScriptedApi api, PageServer server, Browser browser, String root) implements AutoCloseable {

    /** Skips the tests where there is no browser. */
    static ScriptedPage open() throws Exception {
        assumeTrue(Browser.executable().isPresent(), "Skipped: there is no Chromium on the PATH");
        ScriptedApi api = new ScriptedApi();
        PageServer server = PageServer.start(new ApiConnection(api.url(), null, true).open(Map.of()), 0);
        Browser browser = Browser.start().size(1360, 860).open(server.address().toString());
        return new ScriptedPage(
                api, server, browser, "http://" + server.address().getAuthority());
    }

    void view(String path) {
        browser.open(root + path).awaitTrue("!document.querySelector('.busy') && document.querySelector('h1')");
    }

    void awaitCells() {
        browser.awaitTrue("document.querySelectorAll('.cell.Available').length > 50");
    }

    /** Returns the selector of the square of a time chunk. */
    static String cell(String start) {
        return "[data-at='" + Instant.parse(start).toEpochMilli() + "']";
    }

    @Override
    public void close() {
        browser.close();
        server.close();
        api.close();
    }
}
