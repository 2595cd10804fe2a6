package sluice.core.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the contract differs from Druid's deserialiser on purpose, each with its reason:
 * {@code src/test/resources/contract-exceptions.tsv}, in three columns. {@code strict} and a pattern for "code pointer":
 * Druid reads it and the contract says error all the same. {@code lenient} and a pattern for "name: answer": Druid refuses or
 * drops it and the contract does not say error.
 */
final class Exceptions {
    private final List<String[]> lines;

    private Exceptions(List<String[]> lines) {
        this.lines = lines;
    }

    static Exceptions read() {
        try {
            return new Exceptions(Files.readAllLines(Path.of("src/test/resources/contract-exceptions.tsv")).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .toList());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    boolean cover(String name, Oracle.Answer answer, List<Finding> errors) {
        if (answer.keptWhole() && !errors.isEmpty()) {
            return errors.stream().allMatch(error -> listed("strict", error.code() + " " + error.pointer()));
        }
        return errors.isEmpty()
                && (answer.refused() || !answer.dropped().isEmpty())
                && listed("lenient", name + ": " + answer.error() + answer.dropped());
    }

    boolean lists(String kind, String text) {
        return listed(kind, text);
    }

    private boolean listed(String kind, String text) {
        return lines.stream()
                .anyMatch(line -> line[0].equals(kind)
                        && Pattern.compile(line[1]).matcher(text).find());
    }
}
