package sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One apply makes everything, a second plan finds no difference, and all of it can be destroyed: against the emulator of
 * AWS on this machine whose address {@code TERRAFORM_EMULATOR} has. Skipped without.
 */
class EmulatorIT {

    private static final String ADDRESS = System.getenv("TERRAFORM_EMULATOR");

    private static final String CONFIGURATION =
            """
            terraform {
              required_providers {
                aws = { source = "hashicorp/aws" }
              }
            }

            provider "aws" {
              region                      = "eu-central-1"
              access_key                  = "test"
              secret_key                  = "test"
              s3_use_path_style           = true
              skip_credentials_validation = true
              skip_metadata_api_check     = true
            }

            module "sluice" {
              source                    = "../terraform"
              function_zip              = "${path.module}/function.zip"
              clusters                  = { main = { url = "https://druid.example.com" } }
              table_deletion_protection = false
            }
            """;

    /** An empty zip: its end of central directory. */
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    @Test
    void oneApplyMakesAllASecondPlanIsEmptyAndAllCanBeDestroyed() throws IOException {
        // Given
        assumeTrue(Terraform.isThere(), Terraform::whyNotThere);
        assumeTrue(ADDRESS != null, "TERRAFORM_EMULATOR names no emulator of AWS, so nothing is applied");
        assertThat(URI.create(ADDRESS).getHost())
                .as("an emulator on this machine")
                .isIn("127.0.0.1", "localhost");
        Terraform terraform = Terraform.withModuleIn(folder).with("AWS_ENDPOINT_URL", ADDRESS);
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.writeString(root.resolve("main.tf"), CONFIGURATION);
        Files.write(root.resolve("function.zip"), EMPTY_ZIP);
        terraform.init("root");

        // When
        String applied = terraform.run("root", "apply", "-auto-approve", "-input=false", "-no-color");
        String planned = terraform.run("root", "plan", "-input=false", "-no-color");
        String destroyed = terraform.run("root", "destroy", "-auto-approve", "-input=false", "-no-color");

        // Then
        assertThat(applied).contains("Apply complete!");
        assertThat(planned).contains("No changes.");
        assertThat(destroyed).contains("Destroy complete!");
        assertThat(terraform.run("root", "state", "list")).isBlank();
    }
}
