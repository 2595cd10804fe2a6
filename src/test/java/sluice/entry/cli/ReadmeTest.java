package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.ReadResult;
import sluice.core.spec.SpecPreview;

/** What the README shows is what Sluice takes. */
class ReadmeTest {

    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theDefinitionOfTheReadmeIsWithoutErrors() throws IOException {
        // Given
        Matcher block = YAML.matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).isTrue();

        // When
        ReadResult result = DefinitionReader.read(
                block.group(1), "wikipedia.yaml", Map.of("LANDING_BUCKET", "landing", "KAFKA", "localhost:9092"));

        // Then
        assertThat(result.findings())
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .isEmpty();
        assertThat(SpecPreview.findings(((ReadResult.Valid) result).definition(), Contract.forDruid("33")))
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .extracting(Finding::message)
                .isEmpty();
    }
}
