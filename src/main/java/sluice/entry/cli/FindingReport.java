package sluice.entry.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import sluice.core.contract.FileFinding;
import sluice.core.contract.SarifLog;

/** A format for findings. */
interface FindingReport {
    void print(List<FileFinding> found, PrintStream out) throws IOException;

    static FindingReport of(String format, Style style) {
        return switch (format) {
            case "json" -> new JsonReport();
            case "sarif" -> (found, out) -> out.println(SarifLog.of(found));
            default -> new TextReport(style);
        };
    }
}
