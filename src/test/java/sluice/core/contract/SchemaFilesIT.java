package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema files are what Druid's classes give. */
class SchemaFilesIT {

    @Test
    void areWhatTheGeneratorDerivesFromDruid33(@TempDir Path folder) throws Exception {
        assertThat(generate("33", folder)).isEqualTo(SchemaFilesTest.checkedIn("33"));
    }

    @Test
    void areWhatTheGeneratorDerivesFromDruid37(@TempDir Path folder) throws Exception {
        assertThat(generate("37", folder, SchemaFilesTest.FILES.resolve("33").toString()))
                .isEqualTo(SchemaFilesTest.checkedIn("37"));
    }

    private static Map<String, String> generate(String version, Path folder, String... neighbour) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(folder.toString(), "infra/contract/overlay.jsonc", version));
        arguments.addAll(List.of(neighbour));
        Process generator = DruidJars.program(
                        version, "sluice.oracle.SchemaGenerator", arguments.toArray(String[]::new))
                .start();
        assertThat(generator.waitFor(3, TimeUnit.MINUTES)).as("ends in time").isTrue();
        assertThat(generator.exitValue()).isZero();
        return SchemaFilesTest.contents(folder);
    }
}
