package sluice.entry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Standard streams and environment variables. */
record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

    /** Reads all of standard input. */
    String input() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
