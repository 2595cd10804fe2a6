package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sluice.core.batch.SizeText;

/** Renders the API's restores and their previews as text for a terminal. */
final class RestoreText {

    private static final String ROW = "%-21s  %-24s  %8s  %12s  %10s  %s";

    private RestoreText() {}

    /** Returns a table of the versions that would come back. Each is followed by what it would hide or replace. */
    static List<String> table(JsonNode preview) {
        List<String> lines = new ArrayList<>();
        lines.add("cluster " + preview.path("cluster").asText() + ": "
                + preview.path("segments").asText() + " segments would be marked used, "
                + preview.path("markedUnused").asText() + " unused");
        lines.add(row("INTERVAL", "VERSION", "SEGMENTS", "ROWS", "BYTES", "UNUSED SINCE"));
        for (JsonNode version : preview.path("versions")) {
            lines.add(row(
                    IntervalText.of(version.path("interval").asText()),
                    version.path("version").asText(),
                    version.path("segments").asText(),
                    version.path("rows").asText("?"),
                    SizeText.bytes(version.path("bytes").asDouble()),
                    version.path("since").asText("?").replaceFirst("\\.[0-9]+Z", "Z")));
            version.path("replaces").forEach(used -> lines.add("  replaces " + used(used)));
            version.path("hides").forEach(used -> lines.add("  hides " + used(used)));
        }
        return lines;
    }

    static String phase(JsonNode restore) {
        return switch (restore.path("phase").asText()) {
            case "MARKING" -> "waiting for other writers and marking segments";
            case "VERIFYING" -> "waiting until a query counts the rows";
            case "DONE" -> "done";
            default -> restore.path("phase").asText();
        };
    }

    /** Returns how far the restore is, what it did, and its problems. */
    static List<String> lines(JsonNode restore) {
        List<String> lines = new ArrayList<>();
        restore.path("problems").forEach(problem -> lines.add("failed: " + problem.asText()));
        if (!PhaseWatch.isDone(restore)) {
            lines.add("restore " + restore.path("id").asText() + " is "
                    + restore.path("phase").asText() + ", see "
                    + restore.path("href").asText());
        } else if (lines.isEmpty()) {
            lines.add("done: a query counts " + restore.path("rows").asText() + " rows");
        }
        return lines;
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }

    private static String used(JsonNode used) {
        return used.path("version").asText() + ": " + used.path("segments").asText() + " segments, "
                + used.path("rows").asText() + " rows, "
                + SizeText.bytes(used.path("bytes").asDouble());
    }
}
