package sluice.entry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the program has of the world besides files and the network. */
record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

    /** All of standard input. */
    String input() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
