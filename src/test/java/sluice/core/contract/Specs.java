package sluice.core.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Good specs of the project's own, under {@code src/test/resources/contract/}. */
final class Specs {
    static final Path FOLDER = Path.of("src/test/resources/contract");

    private Specs() {}

    /** From the first word of a file's name. */
    static String kind(String fileName) {
        if (fileName.startsWith("supervisor")) {
            return "supervisor";
        }
        if (fileName.startsWith("rules")) {
            return "rules";
        }
        return fileName.startsWith("compaction") ? "compactionConfig" : "task";
    }

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".json"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
