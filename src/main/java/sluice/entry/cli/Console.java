package sluice.entry.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Standard streams and environment variables.
 *
 * @param isTerminal whether somebody reads along: standard output is a terminal
 */
record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, boolean isTerminal) {

    /** Those of this process. */
    static boolean isTerminalOfThisProcess() {
        // Java 22 to 24 give another console, also where there is no terminal.
        System.setProperty("jdk.console", "java.base");
        return System.console() != null && !"dumb".equals(System.getenv("TERM"));
    }

    /** @see <a href="https://no-color.org">NO_COLOR</a> */
    Style style() {
        return isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty() ? Style.COLOURED : Style.PLAIN;
    }

    /** Reads all of standard input. */
    String input() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads a line that somebody types; empty at the end of the input. */
    String line() {
        try {
            ByteArrayOutputStream typed = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                typed.write(next);
            }
            return typed.toString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", ended);
        }
    }
}
