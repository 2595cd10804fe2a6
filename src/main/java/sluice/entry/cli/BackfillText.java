package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A backfill and its plan, for people. */
final class BackfillText {

    private static final int BAR = 24;

    private BackfillText() {}

    static List<String> plan(JsonNode plan) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %s of %s time chunks, in at most %s runs on each of %s, %s at once",
                plan.path("datasource").asText(),
                number(plan, "load"),
                number(plan, "chunks"),
                number(plan, "runs"),
                clusters(plan),
                number(plan, "slots")));
        if (plan.path("mode").asText().equals("replace")) {
            lines.add("  replaces " + number(plan, "replacedRows") + " rows");
        } else {
            lines.add("  adds the files that no run has loaded");
        }
        JsonNode files = plan.path("files");
        lines.add(String.format(
                Locale.ROOT,
                "  first %s chunks: %s files, %s; %s without files, %s with archived files",
                number(files, "chunks"),
                number(files, "count"),
                bytes(files.path("bytes").asLong()),
                number(files, "withoutFiles"),
                number(files, "archived")));
        JsonNode blocked = plan.path("blocked");
        if (blocked.path("onHold").asLong() > 0) {
            lines.add("  " + number(blocked, "onHold") + " chunks are on hold and will fail");
        }
        if (blocked.path("leased").asLong() > 0) {
            lines.add("  " + number(blocked, "leased") + " chunks are being written and will wait");
        }
        if (plan.has("estimate")) {
            lines.add("  takes about " + time(plan.path("estimate").asText()) + ", by the newest run");
        }
        plan.path("problems").forEach(problem -> lines.add("  unknown: " + problem.asText()));
        return lines;
    }

    /** {@code [########........]}. */
    static String bar(JsonNode backfill) {
        JsonNode progress = backfill.path("progress");
        long total = Math.max(1, progress.path("total").asLong());
        int full = (int) (BAR * settled(progress) / total);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    /** One line. */
    static String progress(JsonNode backfill) {
        JsonNode progress = backfill.path("progress");
        StringBuilder line = new StringBuilder();
        line.append(backfill.path("state").asText())
                .append(": ")
                .append(settled(progress))
                .append(" of ")
                .append(progress.path("total").asLong())
                .append(" chunks, ")
                .append(progress.path("running").asLong())
                .append(" running, ")
                .append(progress.path("failed").asLong())
                .append(" failed, ")
                .append(progress.path("left").asLong())
                .append(" left");
        if (progress.has("estimate")) {
            line.append(rate(progress))
                    .append(", about ")
                    .append(time(progress.path("estimate").asText()));
        }
        if (backfill.has("waiting")) {
            line.append("; waits: ").append(backfill.path("waiting").asText());
        }
        return line.toString();
    }

    static List<String> summary(JsonNode backfill) {
        JsonNode progress = backfill.path("progress");
        List<String> lines = new ArrayList<>();
        lines.add(backfill.path("datasource").asText() + ": " + progress(backfill));
        lines.add(String.format(
                Locale.ROOT,
                "  %s loaded with %s rows, %s; %s without new files, %s left out",
                number(progress, "done"),
                number(progress, "rows"),
                bytes(progress.path("bytes").asLong()),
                number(progress, "empty"),
                number(progress, "skipped")));
        backfill.path("failures")
                .forEach(window ->
                        lines.add("  failed: " + window.path("interval").asText() + ": "
                                + window.path("problem").asText()));
        if (backfill.path("state").asText().equals("DoneWithFailures")) {
            lines.add("  repeat what failed with: sluice backfill retry-failed "
                    + backfill.path("id").asText());
        }
        return lines;
    }

    private static long settled(JsonNode progress) {
        return progress.path("total").asLong()
                - progress.path("left").asLong()
                - progress.path("running").asLong();
    }

    /** By the rest and the time that it takes. */
    private static String rate(JsonNode progress) {
        long rest = progress.path("left").asLong() + progress.path("running").asLong();
        long seconds = Duration.parse(progress.path("estimate").asText()).toSeconds();
        return seconds == 0 ? "" : String.format(Locale.ROOT, ", %.1f a minute", rest * 60.0 / seconds);
    }

    private static String clusters(JsonNode plan) {
        List<String> names = new ArrayList<>();
        plan.path("clusters").forEach(name -> names.add(name.asText()));
        return String.join(", ", names);
    }

    private static String number(JsonNode node, String field) {
        return String.format(Locale.ROOT, "%,d", node.path(field).asLong());
    }

    private static String bytes(long bytes) {
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%,d bytes", bytes);
        }
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    private static String time(String duration) {
        Duration time = Duration.parse(duration);
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
