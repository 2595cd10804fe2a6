package sluice.entry.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import sluice.core.version.SluiceVersion;
import sluice.entry.cli.api.ApiException;

/** {@code sluice}, or {@code java -jar sluice-cli.jar}: {@code help.txt} lists the commands and exit statuses. */
public final class Main {
    static final int GOOD = 0;
    static final int BAD = 1;
    /** {@code lint}, {@code schema}, {@code import} and {@code validate-event}: unreadable input or wrong usage. */
    static final int UNUSABLE = 2;
    /** {@code plan}: applying would change something, as in {@code terraform plan -detailed-exitcode}. */
    static final int CHANGES = 2;
    /** {@code plan} and the other commands that call the API: any error. */
    static final int FAILED = 1;

    private final Console console;

    Main(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        this(new Console(in, out, err, environment, false));
    }

    Main(Console console) {
        this.console = console;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = new Main(new Console(System.in, out, err, System.getenv(), Console.isTerminalOfThisProcess()))
                .run(List.of(arguments));
        out.flush();
        System.exit(status);
    }

    int run(List<String> given) {
        if (given.indexOf("--version") == 0) {
            console.out().println("sluice " + SluiceVersion.current());
            return GOOD;
        }
        if (given.indexOf("help") == 0 || given.contains("--help") || given.contains("-h")) {
            console.out().print(Help.about(given));
            return GOOD;
        }
        Command command;
        try {
            command = Command.named(given.isEmpty() ? "" : given.get(0));
        } catch (UsageException wrong) {
            console.err().println(wrong.getMessage());
            console.err().print(Help.overview());
            return UNUSABLE;
        }
        try {
            return run(Arguments.parse(command, given.subList(1, given.size())));
        } catch (UsageException | IllegalArgumentException wrong) {
            console.err().println(wrong.getMessage());
            console.err().println("'sluice " + command.word() + " --help' shows how to use it");
            return command.misuse();
        } catch (ApiException failed) {
            console.err().println(failed.getMessage());
            return FAILED;
        } catch (IOException unreadable) {
            console.err().println(unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage());
            return command.misuse();
        }
    }

    private int run(Arguments given) throws UsageException, ApiException, IOException {
        return switch (given.command()) {
            case LINT -> new LintCommand(given, console).run();
            case FIX -> new FixCommand(given, console).run();
            case EXTENSION -> new ExtensionCommand(given, console).run();
            case SCHEMA -> new SchemaCommand(given, console.out()).run();
            case VALIDATE_EVENT -> new ValidateEventCommand(given, console).run();
            case IMPORT -> new ImportCommand(given, console).run();
            case PLAN -> new PlanCommand(given, console).run();
            case APPLY -> new ApplyCommand(given, console).run();
            case HISTORY -> new HistoryCommand(given, console).run();
            case STREAM -> new StreamCommand(given, console).run();
            case ROLLBACK -> new RollbackCommand(given, console).run();
            case CHUNKS -> new ChunksCommand(given, console).run();
            case BACKFILL -> new BackfillCommand(given, console).run();
            case RESTORE -> new RestoreCommand(given, console).run();
            case HOLD -> new HoldCommand(given, console).run();
            case REDRIVE -> new RedriveCommand(given, console).run();
            case DOCTOR -> new DoctorCommand(given, console).run();
            case UI -> new UiCommand(given, console).run();
            case COMPLETION -> new CompletionCommand(given, console.out()).run();
        };
    }
}
