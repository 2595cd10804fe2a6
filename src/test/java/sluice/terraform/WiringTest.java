package sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The module wires what the sandbox's own files say. */
class WiringTest {

    private static final Path ROUTES = Path.of("infra", "events", "routes.json");

    /** If {@code terraform/} was copied alone, it uses these. */
    @ParameterizedTest
    @CsvSource({"copies/routes.json, infra/events/routes.json", "copies/table.json, infra/sandbox/table.json"})
    void theCopyEqualsTheFile(String copy, String file) {
        assertThat(Path.of("terraform", copy))
                .as("cp %s terraform/%s", file, copy)
                .hasSameTextualContentAs(Path.of(file));
    }

    /** A key that the module ignores would work in the sandbox and be missing on AWS. */
    @Test
    void theModuleReadsEveryKeyOfTheRoutes() throws IOException {
        // Given
        JsonNode routes = JsonMapper.builder().build().readTree(ROUTES.toFile());
        String module = TerraformModule.ofThisProject().code();

        // When
        Set<String> keys = new TreeSet<>();
        routes.fieldNames().forEachRemaining(keys::add);
        routes.forEach(part -> {
            if (part.path("function").isTextual()) {
                part.fieldNames().forEachRemaining(keys::add);
            } else {
                // Objects by name, or a list of objects.
                part.forEach(entry -> entry.fieldNames().forEachRemaining(keys::add));
            }
        });

        // Then
        assertThat(keys)
                .contains("functions", "timeoutSeconds", "detailTypes", "pathPrefix", "of")
                .allSatisfy(key -> assertThat(module).containsPattern("\\." + key + "\\b"));
    }
}
