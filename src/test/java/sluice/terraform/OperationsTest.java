package sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    /** Somebody reads a section at night: it has a query, a command, and says whether that was necessary. */
    @Test
    void everySectionSaysWhatToLookAtAndWhenToWakeSomebody() throws IOException {
        // Given
        String docs = Files.readString(Path.of("docs", "operations.md"));
        String alarms = docs.substring(docs.indexOf("## Alarms"), docs.indexOf("## The dashboard"));

        // When
        List<String> sections = Arrays.stream(alarms.split("\n### ")).skip(1).toList();

        // Then
        assertThat(sections).hasSizeGreaterThan(15).allSatisfy(section -> assertThat(section)
                .contains("```")
                .containsPattern("Wake somebody|wait for the morning"));
    }

    /** What the table of metrics calls an alarm is one that watches this metric, and the other way round. */
    @Test
    void theTableOfMetricsNamesTheAlarmsThatWatchThem() throws IOException {
        // Given
        String docs = Files.readString(Path.of("docs", "operations.md"));

        // When
        Set<String> inTable = Pattern.compile("^\\| `(\\w+)` \\|.*\\| \\[([a-z-]+)]\\(#\\2\\) \\|$", Pattern.MULTILINE)
                .matcher(docs)
                .results()
                .map(row -> row.group(2) + " watches " + row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        Set<String> inModule = Pattern.compile(
                        "\"(?:\\$\\{\\w+}-)?([a-z-]+)\" =>? \\{\\s+description[^\\n]+\\n\\s+namespace\\s+= \"Sluice\", metric = \"(\\w+)\"")
                .matcher(TerraformModule.ofThisProject().read("alarms.tf"))
                .results()
                .map(alarm -> alarm.group(1) + " watches " + alarm.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(inModule).hasSizeGreaterThan(10).isEqualTo(inTable);
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
