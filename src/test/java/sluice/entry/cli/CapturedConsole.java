package sluice.entry.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A console that keeps what commands print, and on which nobody really waits. */
final class CapturedConsole {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Duration> pauses = new ArrayList<>();

    /** Runs a command and returns its exit status. */
    int run(String typed, Map<String, String> environment, boolean isTerminal, List<String> arguments) {
        return new Main(new Console(
                        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        isTerminal,
                        pauses::add))
                .run(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** How long commands wanted to wait, in order. */
    List<Duration> pauses() {
        return pauses;
    }

    /** Forgets what was printed. */
    void clear() {
        out.reset();
        err.reset();
    }
}
