package sluice.sandbox.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the project's Maven wrapper as the Maven around it runs: same local repository, offline if that one is.
 *
 * <p>The outer Maven says so by the system properties {@code sandbox.maven.repository} and {@code sandbox.maven.mode}
 * ({@code offline=true} or {@code offline=false}).
 */
final class Maven {

    private Maven() {}

    /**
     * @param log file for Maven's output
     * @throws IllegalStateException if Maven fails; the message carries the end of its output
     */
    static void run(Path log, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Project.wrapper().toString(), "-B", "-ntp"));
        property("sandbox.maven.repository").ifPresent(value -> command.add("-Dmaven.repo.local=" + value));
        property("sandbox.maven.mode").filter("offline=true"::equals).ifPresent(value -> command.add("-o"));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int exit = waitFor(process);
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
