package sluice.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** A way to tell findings. */
interface Report {
    void print(List<Located> found, PrintStream out) throws IOException;

    static Report of(String format) {
        return switch (format) {
            case "json" -> new JsonReport();
            case "sarif" -> new SarifReport();
            default -> new TextReport();
        };
    }
}
