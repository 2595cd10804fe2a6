package sluice.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.definition.Definitions;

class SpecDefaultsTest {

    @Test
    void environmentMaySetEachOne() {
        SpecDefaults defaults = SpecDefaults.fromEnvironment(Map.of(
                "SLUICE_DEFAULT_TIMEOUT", "PT30M",
                "SLUICE_DEFAULT_PRIORITY", "60",
                "SLUICE_DEFAULT_TARGET_ROWS", " 1000000 ",
                "SLUICE_DEFAULT_MAX_ROWS_IN_MEMORY", "",
                "PATH", "/bin"));

        assertThat(defaults.timeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(defaults.priority()).isEqualTo(60);
        assertThat(defaults.targetRows()).isEqualTo(1_000_000);
        assertThat(defaults.maxRowsInMemory()).isNull();
        assertThat(defaults.maxSubTasks()).isEqualTo(SpecDefaults.STANDARD.maxSubTasks());
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        Map<String, String> environment = Map.of(
                "SLUICE_DEFAULT_TIMEOUT", "4h",
                "SLUICE_DEFAULT_PRIORITY", "-1",
                "SLUICE_DEFAULT_MAX_SUB_TASKS", "many",
                "SLUICE_DEFAULT_TIMEOUTS", "PT1H");

        assertThatThrownBy(() -> SpecDefaults.fromEnvironment(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "SLUICE_DEFAULT_TIMEOUT: '4h' is not an ISO-8601 duration",
                        "SLUICE_DEFAULT_PRIORITY: '-1' is not a whole number from 0",
                        "SLUICE_DEFAULT_MAX_SUB_TASKS: 'many'",
                        "SLUICE_DEFAULT_TIMEOUTS is unknown");
    }

    @Test
    void definitionsOwnTimeoutWins() {
        String text = Definitions.MINIMAL + "  timeout: PT10M\n";

        assertThat(SpecDefaults.STANDARD.timeout(Definitions.of(text).batch())).isEqualTo(Duration.ofMinutes(10));
        assertThat(SpecDefaults.STANDARD.timeout(
                        Definitions.of(Definitions.MINIMAL).batch()))
                .isEqualTo(Duration.ofHours(4));
    }

    @Test
    void tableInTheDocumentationIsComplete() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("docs/defaults.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.lastIndexOf(" | ")))
                .toList();

        List<String> known = Arrays.stream(DefaultVariable.values())
                .map(variable -> "| `%s` | %s | %s"
                        .formatted(
                                variable.variable(),
                                variable.standard() == null ? "Druid's own" : "`" + variable.standard() + "`",
                                variable.expected()))
                .toList();
        assertThat(documented).isEqualTo(known);
    }
}
