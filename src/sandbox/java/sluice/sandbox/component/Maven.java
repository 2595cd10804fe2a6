package sluice.sandbox.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the project's Maven wrapper as the Maven around it runs: same local repository, offline if that one is.
 *
 * <p>The outer Maven says so by the system properties {@code sandbox.maven.repository} and {@code sandbox.maven.mode}
 * ({@code offline=true} or {@code offline=false}).
 */
public final class Maven {

    private static final int LONGEST_ACTIVITY = 90;

    /** The log of the Maven that runs; null if none does. */
    private static volatile @Nullable Path running;

    private Maven() {}

    /** Returns what the Maven that runs is about: the last line of its log; empty if none runs. */
    public static String activity() {
        Path log = running;
        if (log == null || !Files.exists(log)) {
            return "";
        }
        try {
            List<String> lines = Files.readAllLines(log).stream()
                    .filter(line -> !line.isBlank() && !line.matches("\\[INFO\\]\\W*"))
                    .toList();
            String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1).replaceFirst("^\\[INFO\\]\\W*", "");
            return last.substring(0, Math.min(last.length(), LONGEST_ACTIVITY));
        } catch (IOException unreadable) {
            return "";
        }
    }

    /**
     * @param log file for Maven's output
     * @throws IllegalStateException if Maven fails; the message carries the end of its output
     */
    public static void run(Path log, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Project.wrapper().toString(), "-B"));
        property("sandbox.maven.repository").ifPresent(value -> command.add("-Dmaven.repo.local=" + value));
        property("sandbox.maven.mode").filter("offline=true"::equals).ifPresent(value -> command.add("-o"));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            running = log;
            int exit = waitFor(process);
            running = null;
            if (exit != 0) {
                throw new IllegalStateException(
                        "Maven ended with " + exit + ": " + String.join(" ", command) + "\n" + tail(log));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot run " + command, failure);
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Maven ran", interrupted);
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
    }
}
