package sluice.platform.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metrics of the code are those of {@code docs/operations.md} and of the alarms. */
class MetricsPageTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+)` \\| (\\w+) \\| [^|]+ \\| [^|]*\\|$", Pattern.MULTILINE);

    private static final Pattern WATCHED = Pattern.compile("= \"Sluice\", metric = \"(\\w+)\"");

    @Test
    void thePageListsTheMetricsOfTheCode() throws IOException {
        // Given
        String page = Files.readString(Path.of("docs", "operations.md"));

        // When
        List<String> listed = ROW.matcher(page)
                .results()
                .map(row -> row.group(1) + " in " + row.group(2))
                .toList();

        // Then
        assertThat(listed)
                .containsExactlyElementsOf(Arrays.stream(Metric.values())
                        .map(metric ->
                                metric.wireName() + " in " + metric.unit().wireName())
                        .toList());
    }

    /** An alarm on a metric that nobody has seen rise is a guess. */
    @Test
    void eachMetricThatAnAlarmWatchesIsSeenInTheSandbox() throws IOException {
        // Given
        List<Metric> watched = WATCHED.matcher(Files.readString(Path.of("terraform", "alarms.tf")))
                .results()
                .map(found -> metric(found.group(1)))
                .distinct()
                .toList();

        // When
        String tests = integrationTests();

        // Then
        assertThat(watched).hasSizeGreaterThan(10).allSatisfy(metric -> assertThat(tests)
                .containsPattern("\\bMetric\\." + metric.name() + "\\b"));
    }

    private static Metric metric(String wireName) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("alarms.tf watches " + wireName + ", which nobody writes"));
    }

    private static String integrationTests() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("IT.java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
