package sluice.entry.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Standard streams and environment variables.
 *
 * @param isTerminal whether somebody reads along: standard output is a terminal
 * @param pause lets a command wait before it looks again at what it watches
 */
record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean isTerminal,
        Consumer<Duration> pause) {

    /** A console whose commands wait in real time. */
    Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, boolean isTerminal) {
        this(in, out, err, environment, isTerminal, Console::sleep);
    }

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

    /** Asks a question and returns true if the answer, one line of standard input, is {@code y} or {@code yes}. */
    boolean isAgreed(String question) throws IOException {
        err.print(question + " [y/N] ");
        err.flush();
        String answer = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return answer != null && Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    }

    void pause(Duration time) {
        pause.accept(time);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", ended);
        }
    }
}
