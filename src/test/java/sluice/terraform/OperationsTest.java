package sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/operations.md} says what to do about each alarm of the module, and about no other. */
class OperationsTest {

    /** Keys of {@code local.alarms}, such as {@code "${name}-errors" =>} or {@code "api-errors" = {}. */
    private static final Pattern ALARM = Pattern.compile("\"(?:\\$\\{\\w+}-)?([a-z-]+)\" =>? \\{\\s+description");

    private static final Pattern SECTION = Pattern.compile("^### ([a-z-]+)$", Pattern.MULTILINE);

    @Test
    void everyAlarmHasASection() throws IOException {
        // Given
        String docs = Files.readString(Path.of("docs", "operations.md"));

        // When
        Set<String> alarms = all(ALARM, TerraformModule.ofThisProject().read("alarms.tf"));

        // Then
        assertThat(alarms).hasSizeGreaterThan(5);
        assertThat(all(SECTION, docs)).isEqualTo(alarms);
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
