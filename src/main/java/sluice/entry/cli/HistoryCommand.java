package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/** {@code history}: lists the activations of versions, newest first, with commit and note. */
final class HistoryCommand {

    private static final String ROW = "%-3s %-20s  %-8s  v%-4s %s%s%n";

    private final Arguments arguments;
    private final Console console;
    private final boolean asJson;

    HistoryCommand(Arguments arguments, Console console) throws UsageException {
        this.arguments = arguments;
        this.console = console;
        this.asJson = arguments.wantsJson();
    }

    int run() throws UsageException, ApiException {
        String datasource = arguments.operand("DATASOURCE");
        String limit = arguments.number("--limit").map(String::valueOf).orElse(null);
        ApiClient api = ApiOptions.client(arguments, console);
        JsonNode history = api.call(ApiCall.get(ApiCall.path("definitions", datasource, "history"))
                        .query("limit", limit))
                .body();
        if (asJson) {
            console.out().println(history.toPrettyString());
            return Main.GOOD;
        }
        Map<Integer, JsonNode> versions = new HashMap<>();
        api.call(ApiCall.get(ApiCall.path("definitions", datasource, "versions"))
                        .query("limit", limit))
                .body()
                .path("versions")
                .forEach(version -> versions.put(version.path("number").asInt(), version));
        int active = history.path("active").asInt();
        boolean isNewest = true;
        for (JsonNode move : history.path("activations")) {
            JsonNode version = versions.get(move.path("version").asInt());
            console.out()
                    .printf(
                            ROW,
                            isNewest ? "*" : "",
                            move.path("at").asText().replaceFirst("\\.[0-9]+Z", "Z"),
                            move.path("kind").asText().toLowerCase(Locale.ROOT),
                            move.path("version").asText(),
                            move.path("author").asText(),
                            remarks(move, version));
            isNewest = false;
        }
        console.out().println(datasource + ": version " + active + " is active");
        return Main.GOOD;
    }

    private static String remarks(JsonNode move, @Nullable JsonNode version) {
        StringBuilder remarks = new StringBuilder();
        if (move.path("kind").asText().equals("APPLY") && version != null) {
            append(remarks, "commit ", version.path("commit").asText(null));
            append(remarks, "", version.path("note").asText(null));
        } else {
            append(remarks, "", move.path("reason").asText(null));
        }
        return remarks.toString();
    }

    private static void append(StringBuilder remarks, String lead, @Nullable String text) {
        if (text != null) {
            remarks.append("  ").append(lead).append(text.replace('\n', ' '));
        }
    }
}
