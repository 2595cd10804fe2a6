package sluice.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What a process has written to its standard output and error. Can be read while the process writes. */
public final class LogFile {

    private final Path path;

    public LogFile(Path path) {
        this.path = path;
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Path path() {
        return path;
    }

    /** All lines so far; none if nothing has been written. Bytes that are not UTF-8 are replaced. */
    public List<String> lines() {
        return text().lines().toList();
    }

    /** The complete lines that contain a text. The process may be writing another one. */
    public List<String> search(String text) {
        String all = text();
        return all.substring(0, all.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.contains(text))
                .toList();
    }

    private String text() {
        if (!Files.exists(path)) {
            return "";
        }
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The last lines, for a message about a failure. */
    public String tail(int count) {
        List<String> lines = lines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    /** Adds a line to what the process writes. */
    public void append(String line) {
        try {
            Files.writeString(path, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    ProcessBuilder.Redirect append() {
        return ProcessBuilder.Redirect.appendTo(path.toFile());
    }
}
