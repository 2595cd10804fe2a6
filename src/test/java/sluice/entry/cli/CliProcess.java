package sluice.entry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import sluice.sandbox.component.Project;

/** The packaged command line, {@code target/sluice-cli.jar}, as a process of its own. */
final class CliProcess {

    private final Path folder;
    private final Map<String, String> environment;

    /** What a process has left. */
    record Ended(int status, String out, String err) {}

    CliProcess(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** The environment with another value. */
    Map<String, String> with(String name, String value) {
        Map<String, String> other = new HashMap<>(environment);
        other.put(name, value);
        return other;
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                Project.folder("target", "sluice-cli.jar").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs any command in the folder. */
    Ended run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder.getParent(), "out", ".txt");
        Path err = Files.createTempFile(folder.getParent(), "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("No end of " + command);
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
