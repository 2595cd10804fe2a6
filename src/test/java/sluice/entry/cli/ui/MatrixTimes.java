package sluice.entry.cli.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a person waits for a matrix, in milliseconds: the medians of several times. Whoever reads them has to know how
 * busy the machine is, so that no test asserts them.
 */
final class MatrixTimes {

    private static final int TIMES = 10;
    private static final int SCROLLS = 3;
    private static final String SQUARES = "performance.getEntriesByName('sluice-squares')";

    private final Browser browser;
    private final List<Integer> empty = new ArrayList<>();
    private final List<Integer> opened = new ArrayList<>();
    private final List<Integer> clicked = new ArrayList<>();
    private final List<Integer> frames = new ArrayList<>();
    private final List<Integer> longest = new ArrayList<>();

    MatrixTimes(Browser browser, String root, String matrix) {
        this.browser = browser;
        for (int time = 0; time < TIMES; time++) {
            empty.add(opened(root + "/nothing", "performance.getEntriesByName('first-contentful-paint')"));
            opened.add(opened(root + matrix, SQUARES));
            clicked.add(clicked(root));
        }
        for (int time = 0; time < SCROLLS; time++) {
            opened(root + matrix, SQUARES);
            JsonNode scrolled = scrolled();
            frames.add(scrolled.path("median").asInt());
            longest.add(scrolled.path("longest").asInt());
        }
    }

    /** From the navigation to what the entries say. */
    private int opened(String address, String entries) {
        browser.open("about:blank").open(address).awaitTrue(entries + ".length");
        return browser.value("Math.round(" + entries + "[0].startTime)").asInt();
    }

    private int clicked(String root) {
        browser.open(root + "/").awaitText("tbody", "stale");
        browser.value("window.clickedAt = performance.now(); document.querySelector('tbody th a').click()");
        browser.awaitTrue(SQUARES + ".length");
        return browser.value("Math.round(" + SQUARES + "[0].startTime - window.clickedAt)")
                .asInt();
    }

    /** Scrolls from the first row to the last, 21 rows a frame. */
    private JsonNode scrolled() {
        return browser.value(
                """
                new Promise(resolve => {
                  const grid = document.querySelector('.matrix');
                  const times = [];
                  let last = performance.now();
                  const step = () => {
                    const now = performance.now();
                    times.push(now - last);
                    last = now;
                    grid.scrollTop += 600;
                    if (grid.scrollTop + grid.clientHeight < grid.scrollHeight - 5) requestAnimationFrame(step);
                    else {
                      times.sort((one, other) => one - other);
                      resolve({median: Math.round(times[times.length >> 1]), longest: Math.round(times.at(-1))});
                    }
                  };
                  requestAnimationFrame(step);
                })""");
    }

    private static int median(List<Integer> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    @Override
    public String toString() {
        return "opened by address after " + median(opened) + " ms, by a click in the list after " + median(clicked)
                + " ms, an empty page of the same server after " + median(empty) + " ms; scrolled to the end with "
                + median(frames) + " ms a frame, at most " + median(longest) + " ms";
    }
}
