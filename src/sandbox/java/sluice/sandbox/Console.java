package sluice.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What {@code ./mvnw -Psandbox} prints: one line per step with the time since the start, and tables. */
final class Console implements Progress {

    private final PrintStream out;
    private final long start = System.nanoTime();

    Console(PrintStream out) {
        this.out = out;
    }

    @Override
    public void done(String step, Duration elapsed) {
        say("%s (%s)".formatted(step, seconds(elapsed)));
    }

    @Override
    public void waiting(String step, Duration elapsed, String activity) {
        say("not yet: %s (%s)%s".formatted(step, seconds(elapsed), activity.isEmpty() ? "" : "  " + activity));
    }

    /** One line, with the time since the start. */
    synchronized void say(String text) {
        out.printf("%8s  %s%n", seconds(Duration.ofNanos(System.nanoTime() - start)), text);
        out.flush();
    }

    /** Lines as they are. */
    synchronized void print(String text) {
        out.println(text);
        out.flush();
    }

    /** Rows of a query, one JSON object each, as a table with as wide columns as it takes. */
    synchronized void table(JsonNode rows) {
        if (rows.isEmpty()) {
            print("(no rows)");
            return;
        }
        List<List<String>> lines = new ArrayList<>();
        List<String> names = new ArrayList<>();
        rows.get(0).fieldNames().forEachRemaining(names::add);
        lines.add(names);
        rows.forEach(row ->
                lines.add(names.stream().map(name -> row.path(name).asText()).toList()));
        int[] widths = IntStream.range(0, names.size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        lines.forEach(line -> print(IntStream.range(0, widths.length)
                .mapToObj(column -> ("%" + widths[column] + "s").formatted(line.get(column)))
                .collect(Collectors.joining("  ", "          ", ""))));
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
