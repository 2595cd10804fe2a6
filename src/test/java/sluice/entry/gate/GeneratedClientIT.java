package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.component.Maven;
import sluice.sandbox.component.Project;

/** A client that OpenAPI Generator makes of {@code infra/api/openapi.yaml} loads a day: {@code infra/client}. */
@ExtendWith(SandboxExtension.class)
class GeneratedClientIT {

    private static final String DATASOURCE = "generated_client";

    @Test
    void aGeneratedClientLoadsADayAndASecondCallFindsTheSameRun(Sandbox sandbox, @TempDir Path folder)
            throws IOException, InterruptedException {
        // Given
        Path project = Project.folder("infra", "client");
        Maven.run(
                project.resolve("target").resolve("build.log"),
                List.of("-f", project.resolve("pom.xml").toString(), "package"));
        Path definition =
                Files.writeString(folder.resolve("definition.yaml"), new DefinitionText(DATASOURCE).toString());
        Ingestion ingestion = new Ingestion(sandbox, DATASOURCE);
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 12));

        // When
        String first = output(project, folder, sandbox.api().uri().toString(), definition);
        String again = output(project, folder, sandbox.api().uri().toString(), definition);

        // Then
        assertThat(first)
                .contains("version ")
                .containsPattern("run [a-z2-7]{26} Available rows 12 for generated client");
        assertThat(again).isEqualTo(first);
        assertThat(ingestion.rows()).isEqualTo(12);
    }

    private static String output(Path project, Path folder, String api, Path definition)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        project.resolve("target/classes") + ":" + project.resolve("target/lib") + "/*",
                        "sluice.infra.client.LoadInterval",
                        api,
                        definition.toString(),
                        DATASOURCE,
                        "2026-01-01/2026-01-02",
                        "key-1")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
