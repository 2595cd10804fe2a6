package sluice.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import sluice.contract.Finding;
import sluice.contract.Severity;

/** For people: {@code file:line:column: error SLU-1001 ...} as compilers write it, so that editors can jump there. */
final class TextReport implements Report {
    @Override
    public void print(List<Located> found, PrintStream out) {
        for (Located located : found) {
            Finding finding = located.finding();
            String place = finding.line() == null ? "" : ":" + finding.line() + ":" + finding.column();
            out.println(
                    located.file() + place + ": " + finding.severity().name().toLowerCase(Locale.ROOT) + " "
                            + finding.code() + " " + finding.message() + "  [" + finding.pointer() + "]");
            line(out, "expected: ", finding.expected());
            line(out, "-> ", finding.suggestion());
            line(out, "see ", finding.url());
        }
        long errors = count(found, Severity.ERROR);
        if (!found.isEmpty()) {
            out.println(errors + " errors, " + count(found, Severity.WARNING) + " warnings");
        }
    }

    private static void line(PrintStream out, String lead, String text) {
        if (text != null) {
            out.println("    " + lead + text);
        }
    }

    private static long count(List<Located> found, Severity severity) {
        return found.stream()
                .filter(located -> located.finding().severity() == severity)
                .count();
    }
}
