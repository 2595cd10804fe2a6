package sluice.entry.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.FileFinding;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.json.OneLine;

/** For people: {@code file:line:column: error SLU-1001 ...}, like a compiler, so that editors can jump there. */
final class TextReport implements FindingReport {

    private final Style style;

    TextReport(Style style) {
        this.style = style;
    }

    @Override
    public void print(List<FileFinding> found, PrintStream out) {
        found.forEach(located -> lines(located, style).forEach(out::println));
        long errors = count(found, Severity.ERROR);
        if (!found.isEmpty()) {
            out.println(errors + " errors, " + count(found, Severity.WARNING) + " warnings");
        }
    }

    /** Without colours. */
    static List<String> lines(FileFinding located) {
        return lines(located, Style.PLAIN);
    }

    private static List<String> lines(FileFinding located, Style style) {
        Finding finding = located.finding();
        List<String> lines = new ArrayList<>();
        String column = finding.column() == null ? "" : ":" + finding.column();
        String place = finding.line() == null ? "" : ":" + finding.line() + column;
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        lines.add(OneLine.of(located.file()) + place + ": " + style.of(finding.severity(), severity) + " "
                + finding.code() + " " + OneLine.of(finding.message() + "  [" + finding.pointer() + "]"));
        line(lines, "expected: ", finding.expected());
        line(lines, "-> ", finding.suggestion());
        line(lines, "see ", finding.url());
        line(lines, "see ", finding.page());
        return lines;
    }

    private static void line(List<String> lines, String lead, @Nullable String text) {
        if (text != null) {
            lines.add("    " + lead + OneLine.of(text));
        }
    }

    private static long count(List<FileFinding> found, Severity severity) {
        return found.stream()
                .filter(located -> located.finding().severity() == severity)
                .count();
    }
}
