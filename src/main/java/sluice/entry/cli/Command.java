package sluice.entry.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The commands, each with its options. */
enum Command {
    LINT(
            Main.UNUSABLE,
            Api.with("--cluster", "--druid", "--extension", "--format", "--severity", GivenVariables.OPTION),
            Set.of("--no-sign", "--skip-unrelated")),
    FIX(Main.UNUSABLE, Api.with("--cluster", "--druid", "--extension"), Set.of("--no-sign", "--write")),
    EXTENSION(Main.FAILED, Set.of("--druid", "--out", "--router"), Set.of()),
    SCHEMA(Main.UNUSABLE, Set.of("--druid"), Set.of()),
    VALIDATE_EVENT(Main.UNUSABLE, Set.of("--format"), Set.of()),
    IMPORT(Main.UNUSABLE, Set.of("--cluster", "--druid", "--out", "--source", "--time-chunk"), Set.of()),
    PLAN(
            Main.FAILED,
            Api.with("--format", "--object", "--out", GivenVariables.OPTION),
            Set.of("--allow-rewrite", "--no-sign")),
    APPLY(
            Main.FAILED,
            Api.with("--commit", "--format", "--if-match", "--note", "--plan", GivenVariables.OPTION),
            Set.of("--allow-rewrite", "--no-sign")),
    HISTORY(Main.FAILED, Api.with("--format", "--limit"), Api.FLAGS),
    STREAM(
            Main.FAILED,
            Api.with("--cluster", "--format", "--key", "--reason", "--snapshot", "--time"),
            Set.of("--dry-run", "--no-sign")),
    ROLLBACK(
            Main.FAILED,
            Api.with("--format", "--if-match", "--reason", "--timeout", "--to"),
            Set.of("--data", "--no-sign", "--wait")),
    CHUNKS(Main.FAILED, Api.with("--cluster", "--format", "--state"), Api.FLAGS),
    BACKFILL(
            Main.FAILED,
            Api.with("--chunks-per-run", "--cluster", "--format", "--parallel", "--reason"),
            Set.of("--no-sign", "--oldest-first", "--only-missing", "--watch", "--yes")),
    RESTORE(
            Main.FAILED,
            Api.with("--as-of", "--cluster", "--format", "--interval", "--reason", "--run", "--timeout"),
            Set.of("--dry-run", "--no-sign", "--wait", "--yes")),
    HOLD(Main.FAILED, Api.with("--format", "--interval", "--reason", "--until"), Api.FLAGS),
    REDRIVE(Main.FAILED, Set.of("--region"), Set.of()),
    DOCTOR(Main.FAILED, Api.with("--queues"), Api.FLAGS),
    UI(Main.FAILED, Api.with("--port"), Api.FLAGS),
    COMPLETION(Main.UNUSABLE, Set.of(), Set.of());

    private final int misuse;
    private final Set<String> options;
    private final Set<String> flags;

    Command(int misuse, Set<String> options, Set<String> flags) {
        this.misuse = misuse;
        this.options = options;
        this.flags = flags;
    }

    static Command named(String name) throws UsageException {
        return Arrays.stream(values())
                .filter(command -> command.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown command: '" + name + "'; known are "
                        + Arrays.stream(values()).map(Command::word).collect(Collectors.joining(", "))));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the exit status for a wrong command line or an unreadable file. */
    int misuse() {
        return misuse;
    }

    /** Returns the options with a value. */
    Set<String> options() {
        return options;
    }

    /** Returns the options without a value. */
    Set<String> flags() {
        return flags;
    }

    /** The options of all commands that call the API. */
    private static final class Api {
        private static final Set<String> FLAGS = Set.of("--no-sign");

        private static Set<String> with(String... own) {
            Set<String> all = Arrays.stream(own).collect(Collectors.toSet());
            all.addAll(Set.of("--url", "--region"));
            return Set.copyOf(all);
        }
    }
}
