package sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code terraform/download} takes no other package than the one that the configuration names. */
class ReleaseDownloadTest {

    private static final String PACKAGE = "a package";
    /** Of {@link #PACKAGE}, as {@code sha256sum} prints it. */
    private static final String DIGEST = "c0cd5ccfdb563a59366e33e73001b78fdb8cca5a6c48e2f90fffcde44b81f1f6";

    @TempDir
    private Path folder;

    private record Result(int status, String said) {}

    @Test
    void aPackageWithTheDigestIsKeptAndNotDownloadedAgain() throws Exception {
        // Given
        Path released = Files.writeString(folder.resolve("released.zip"), PACKAGE);
        Path kept = folder.resolve("a/b/kept.zip");

        // When
        Result first = download(released, DIGEST, kept);
        Files.delete(released);
        Result again = download(released, DIGEST, kept);

        // Then
        assertThat(first.status()).as(first.said()).isZero();
        assertThat(again.status()).as(again.said()).isZero();
        assertThat(kept).hasContent(PACKAGE);
    }

    @Test
    void aPackageWithAnotherDigestIsRefusedAndNotKept() throws Exception {
        // Given
        Path released = Files.writeString(folder.resolve("released.zip"), "another package");
        Path kept = folder.resolve("kept.zip");

        // When
        Result result = download(released, DIGEST, kept);

        // Then
        assertThat(result.status()).isNotZero();
        assertThat(result.said()).contains("is not the package", DIGEST);
        assertThat(folder).isDirectoryNotContaining("glob:**kept.zip*");
    }

    private Result download(Path released, String digest, Path kept) throws IOException, InterruptedException {
        ProcessBuilder process =
                new ProcessBuilder("sh", Path.of("terraform", "download").toString());
        process.environment().put("ADDRESS", "file://" + released.toAbsolutePath());
        process.environment().put("SHA256", digest);
        process.environment().put("FILE", kept.toString());
        Path said = folder.resolve("said");
        int status = process.redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        return new Result(status, Files.readString(said, StandardCharsets.UTF_8));
    }
}
