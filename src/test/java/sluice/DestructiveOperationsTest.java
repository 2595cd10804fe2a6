package sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of destructive operations in {@code docs/reliability.md} names tests that there are. */
class DestructiveOperationsTest {

    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9]+(?:Test|IT))`");

    @Test
    void everyOperationIsProvenByATestThatExists() throws IOException {
        // Given
        Set<String> classes;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            classes = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        String text = Files.readString(Path.of("docs/reliability.md"));
        String section =
                text.split("## What destroys, and how it comes back")[1].split("\n## ")[0];

        // When
        List<String> rows = section.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| operation"))
                .toList();

        // Then
        assertThat(rows).hasSizeGreaterThan(5).allSatisfy(row -> assertThat(NAME.matcher(row.split(" \\| ")[2])
                        .results()
                        .map(name -> name.group(1))
                        .toList())
                .as(row)
                .isNotEmpty()
                .isSubsetOf(classes));
    }
}
