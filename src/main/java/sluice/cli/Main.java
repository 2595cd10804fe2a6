package sluice.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * {@code java -jar sluice-cli.jar}: see {@link #HELP}. Exit status 0 where there is no error, 1 where there is one, 2 where
 * something could not be read or the command is not understood.
 */
public final class Main {
    static final int GOOD = 0;
    static final int BAD = 1;
    static final int UNUSABLE = 2;

    static final String HELP =
            """
            sluice-cli lint [--druid 33|37] [--format text|json|sarif] [--severity error|warning|info] FILE...
                Checks Druid specs (tasks, supervisors, compaction configurations, retention rules) and Sluice
                definitions. FILE is a file, a directory (every .json, .yaml and .yml below it) or - for standard
                input. Exit status: 0 no errors, 1 errors, 2 unreadable input or wrong usage.
            sluice-cli schema definition|task|supervisor|compactionConfig|rules [--druid 33|37]
                Prints the JSON Schema, for editors.
            sluice-cli --help
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final Map<String, String> environment;

    Main(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = new Main(System.in, out, err, System.getenv()).run(List.of(arguments));
        out.flush();
        System.exit(status);
    }

    int run(List<String> arguments) {
        try {
            Arguments given = Arguments.parse(arguments);
            return switch (given.command()) {
                case "lint" -> new Lint(given, in, out, err, environment).run();
                case "schema" -> new PrintSchema(given, out).run();
                default -> help();
            };
        } catch (UsageException wrong) {
            err.println(wrong.getMessage());
            err.print(HELP);
            return UNUSABLE;
        } catch (IOException unreadable) {
            err.println(unreadable.getMessage());
            return UNUSABLE;
        }
    }

    private int help() {
        out.print(HELP);
        return GOOD;
    }
}
