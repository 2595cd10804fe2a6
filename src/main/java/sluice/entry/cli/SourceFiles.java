package sluice.entry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that operands name: a file, a directory (every .json, .yaml and .yml below it), or - for standard input.
 */
final class SourceFiles {

    private final Console console;
    private final List<SourceFile> files = new ArrayList<>();
    private boolean anyUnreadable;

    private SourceFiles(Console console) {
        this.console = console;
    }

    /** Reads every readable file, and reports the others on standard error. */
    static SourceFiles read(List<String> operands, Console console) throws IOException {
        SourceFiles sources = new SourceFiles(console);
        for (String operand : operands) {
            if (operand.equals(SourceFile.STANDARD_INPUT)) {
                sources.files.add(new SourceFile(operand, console.input()));
            } else {
                sources.paths(operand).forEach(sources::read);
            }
        }
        return sources;
    }

    List<SourceFile> files() {
        return List.copyOf(files);
    }

    boolean anyUnreadable() {
        return anyUnreadable;
    }

    private List<Path> paths(String operand) {
        Path path = Path.of(operand);
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isRegularFile)
                    .filter(file -> SourceFile.isYaml(file.toString())
                            || file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException broken) {
            complain(operand, broken);
            return List.of();
        }
    }

    private void read(Path file) {
        try {
            files.add(new SourceFile(file.toString(), Files.readString(file)));
        } catch (IOException broken) {
            complain(file.toString(), broken);
        }
    }

    private void complain(String file, IOException broken) {
        anyUnreadable = true;
        console.err()
                .println(file + ": cannot be read (" + broken.getClass().getSimpleName() + ": " + broken.getMessage()
                        + ")");
    }
}
