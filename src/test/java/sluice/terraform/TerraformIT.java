package sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Terraform itself takes the module and its examples, and its own tests pass. Skipped where Terraform is missing. */
class TerraformIT {

    @TempDir
    private static Path folder;

    private static Terraform terraform;

    @BeforeAll
    static void copyTheModule() throws IOException {
        assumeTrue(Terraform.isThere(), Terraform::whyNotThere);
        terraform = Terraform.withModuleIn(folder);
    }

    static Stream<String> examples() {
        return TerraformModule.examples().stream();
    }

    @Test
    void everyFileIsFormatted() {
        assertThat(terraform.run("terraform", "fmt", "-check", "-recursive", "-diff"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsValid(String example) {
        // Given
        String directory = "terraform/examples/" + example;
        terraform.init(directory);

        // When
        String output = terraform.run(directory, "validate", "-no-color");

        // Then
        assertThat(output).contains("The configuration is valid");
    }

    @Test
    void theModulesOwnTestsPass() {
        // Given
        terraform.init("terraform");

        // When
        String output = terraform.run("terraform", "test", "-no-color");

        // Then
        assertThat(output).contains("Success!").contains(" 0 failed").doesNotContain("skipped");
    }

    /** As from a registry that takes the folder alone. */
    @Test
    void theFolderAloneIsValid() throws IOException {
        // Given
        Terraform alone = terraform.withFolderAlone(folder.resolve("alone"));
        alone.init("terraform");

        // When
        String output = alone.run("terraform", "test", "-no-color", "-filter=tests/wiring.tftest.hcl");

        // Then
        assertThat(output).contains("Success!");
    }
}
