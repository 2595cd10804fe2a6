package sluice.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.sandbox.component.Folders;
import sluice.sandbox.component.Project;
import sluice.sandbox.process.LogFile;

/** The folder of one sandbox: state of its servers, and logs. What dead sandboxes left is removed on the way. */
final class RunFolder {

    private static final String PREFIX = "run-";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    static RunFolder create() {
        Path parent = Project.folder("target", "sandbox");
        try {
            Files.createDirectories(parent);
            removeAbandoned(parent);
            Path path = parent.resolve(PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
            Folders.delete(path);
            return new RunFolder(Files.createDirectories(path));
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot prepare a folder in " + parent, failure);
        }
    }

    Path path() {
        return path;
    }

    Path data(String name) {
        return path.resolve(name);
    }

    Path logs() {
        return path.resolve("log");
    }

    LogFile log(String name) {
        return new LogFile(logs().resolve(name + ".log"));
    }

    String logTails(int linesEach) {
        try (Stream<Path> files = Files.list(logs())) {
            return files.sorted()
                    .map(file -> "--- " + file + "\n" + new LogFile(file).tail(linesEach))
                    .collect(Collectors.joining("\n"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void removeAbandoned(Path parent) throws IOException {
        try (Stream<Path> runs = Files.list(parent)) {
            for (Path run : runs.filter(RunFolder::isAbandoned).toList()) {
                Folders.delete(run);
            }
        }
    }

    private static boolean isAbandoned(Path run) {
        String[] parts = run.getFileName().toString().split("-");
        return parts.length == 3
                && parts[0].equals("run")
                && ProcessHandle.of(Long.parseLong(parts[1])).isEmpty();
    }
}
