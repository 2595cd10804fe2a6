package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/** {@code chunks}: lists the time chunks of an interval, one a line, and counts them by their state. */
final class ChunksCommand {

    private static final String ROW = "%-49s  %-10s  %12s rows  %4s files  %s%s%n";
    private static final String PAGE = "2000";

    private final Arguments arguments;
    private final Console console;
    private final boolean asJson;

    ChunksCommand(Arguments arguments, Console console) throws UsageException {
        this.arguments = arguments;
        this.console = console;
        this.asJson = arguments.wantsJson();
    }

    int run() throws UsageException, ApiException {
        List<String> operands = arguments.operands();
        if (operands.size() != 2) {
            throw new UsageException("expected: chunks DATASOURCE INTERVAL");
        }
        String wanted = arguments.value("--state").orElse(null);
        ApiCall call = ApiCall.get(ApiCall.path("datasources", operands.get(0), "chunks"))
                .query("interval", operands.get(1))
                .query("cluster", arguments.value("--cluster").orElse(null))
                .query("limit", PAGE);
        ApiClient api = ApiOptions.client(arguments, console);
        Map<String, Integer> counts = new TreeMap<>();
        String next = null;
        do {
            JsonNode page = api.call(call.query("next", next)).body();
            page.path("chunks").forEach(chunk -> {
                counts.merge(chunk.path("state").asText(), 1, Integer::sum);
                if (isWanted(chunk, wanted)) {
                    show(chunk);
                }
            });
            if (page.has("problem")) {
                console.err()
                        .println("rows are unknown: " + page.path("problem").asText());
            }
            next = page.path("next").asText(null);
        } while (next != null);
        (asJson ? console.err() : console.out()).println(counts);
        return Main.GOOD;
    }

    private static boolean isWanted(JsonNode chunk, @Nullable String wanted) {
        return wanted == null
                || Objects.equals(
                        wanted.toLowerCase(Locale.ROOT),
                        chunk.path("state").asText().toLowerCase(Locale.ROOT));
    }

    /** JSON has one chunk a line, because there may be tens of thousands. */
    private void show(JsonNode chunk) {
        if (asJson) {
            console.out().println(chunk);
            return;
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        ROW,
                        chunk.path("interval").asText(),
                        chunk.path("state").asText(),
                        chunk.path("rows").asText("?"),
                        chunk.path("files").asText("?"),
                        chunk.path("run").asText(""),
                        chunk.path("onHold").asBoolean() ? "  on hold" : "");
    }
}
