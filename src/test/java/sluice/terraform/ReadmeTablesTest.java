package sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sluice.terraform.TerraformModule.Declaration;

/**
 * The tables of {@code terraform/README.md} are those of the module. {@code ./mvnw test -Dtest=ReadmeTablesTest
 * -Dterraform.readme=write} writes them anew.
 */
class ReadmeTablesTest {

    private static final String FILE = "README.md";

    private final TerraformModule module = TerraformModule.ofThisProject();

    @Test
    void theReadmeListsEveryVariableAndOutput() {
        // Given
        String readme = module.read(FILE);

        // When
        String expected = withTable(withTable(readme, "inputs", inputs()), "outputs", outputs());
        if ("write".equals(System.getProperty("terraform.readme"))) {
            module.write(FILE, expected);
            readme = module.read(FILE);
        }

        // Then
        assertThat(readme)
                .as("write the tables anew with: ./mvnw test -Dtest=ReadmeTablesTest -Dterraform.readme=write")
                .isEqualTo(expected);
    }

    @Test
    void everyVariableAndOutputIsDescribedAndEveryVariableTyped() {
        // When
        List<Declaration> variables = module.variables();
        List<Declaration> outputs = module.outputs();

        // Then
        assertThat(variables).hasSizeGreaterThan(60).allSatisfy(variable -> {
            assertThat(variable.description()).as(variable.name()).endsWith(".");
            assertThat(variable.type()).as(variable.name()).isNotEmpty();
        });
        assertThat(outputs).hasSizeGreaterThan(20).allSatisfy(output -> assertThat(output.description())
                .as(output.name())
                .endsWith("."));
    }

    private String inputs() {
        return "| variable | type | default | description |\n|---|---|---|---|\n"
                + module.variables().stream()
                        .map(variable -> "| `%s` | `%s` | %s | %s |\n"
                                .formatted(
                                        variable.name(),
                                        variable.type(),
                                        variable.defaultValue().isEmpty() ? "needed" : code(variable.defaultValue()),
                                        cell(variable.description())))
                        .collect(Collectors.joining());
    }

    private String outputs() {
        return "| output | description |\n|---|---|\n"
                + module.outputs().stream()
                        .map(output -> "| `%s` | %s |\n".formatted(output.name(), cell(output.description())))
                        .collect(Collectors.joining());
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    /** The text with what stands between the marks of this name replaced. */
    private static String withTable(String text, String name, String table) {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- /" + name + " -->";
        assertThat(text).contains(begin, end);
        return text.substring(0, text.indexOf(begin) + begin.length()) + table + text.substring(text.indexOf(end));
    }
}
