package sluice.entry.cli.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Checks the accessibility of what a browser shows, with axe-core. */
final class Axe {

    private Axe() {}

    /** Returns what is wrong, one text for each element; empty if nothing is. */
    static List<String> violations(Browser browser) throws IOException {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            browser.value(new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; true");
        }
        JsonNode found = browser.value("axe.run(document, {resultTypes: ['violations']})"
                + ".then(result => result.violations.flatMap(each => each.nodes.map(node =>"
                + " each.id + ' ' + node.html.slice(0, 200) + ' ' + node.failureSummary)))");
        List<String> texts = new ArrayList<>();
        found.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
