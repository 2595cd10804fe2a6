package sluice.platform.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/operations.md} lists every metric with its unit, and no other. */
class MetricsPageTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+)` \\| (\\w+) \\| [^|]+ \\| [^|]*\\|$", Pattern.MULTILINE);

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
}
