package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.core.contract.Contract;

class RelatedFilesTest {

    private final RelatedFiles related = new RelatedFiles(Contract.forDruid("33"));

    static List<Path> ours() throws IOException {
        try (Stream<Path> specs = Files.list(Path.of("src/test/resources/contract"));
                Stream<Path> field = Files.list(Path.of("src/test/resources/field"))) {
            return Stream.concat(specs, field)
                    .filter(file -> file.toString().endsWith(".json"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void containSpecsAndDefinitionsAlsoBrokenOnes(Path file) throws IOException {
        assertThat(related.contain(new SourceFile(file.toString(), Files.readString(file))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            package.json      | {"name": "sluice/app", "type": "module"}
            tsconfig.json     | { /* dataSource */ "compilerOptions": {"strict": true,}, }
            query.json        | {"queryType": "scan", "dataSource": "wikipedia"}
            grafana.json      | {"panels": [{"dataSource": "druid", "type": "index"}]}
            list.json         | [{"type": "cookie", "kept": "Forever"}]
            empty.json        | []
            text.json         | dataSource
            deployment.yaml   | `apiVersion: apps/v1`
            workflow.yml      | `uses: owner/sluice/.github/actions/sluice-plan@v1`
            values.yaml       | `dataSource: wikipedia`
            """)
    void doNotContainFilesOfOtherTools(String name, String text) {
        assertThat(related.contain(new SourceFile(name, text))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"a.yaml", "a.yml", "a.json"})
    void containDefinitions(String name) {
        // Given
        String text = name.endsWith("json") ? "{\"apiVersion\": \"sluice/v1\"}" : "# ours\napiVersion: 'sluice/v1'\n";

        // Then
        assertThat(related.contain(new SourceFile(name, text))).isTrue();
    }

    @Test
    void theScriptLooksForTheSameWords() throws IOException {
        assertThat(Files.readString(Path.of("infra/cli/sluice"))).contains("words='" + RelatedFiles.WORDS + "'");
    }
}
