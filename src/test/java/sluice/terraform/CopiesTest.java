package sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where {@code terraform/} was copied alone it wires what the repository's own files say. */
class CopiesTest {

    @ParameterizedTest
    @CsvSource({"copies/routes.json, infra/events/routes.json", "copies/table.json, infra/sandbox/table.json"})
    void theCopyIsTheFile(String copy, String file) {
        assertThat(Path.of("terraform", copy))
                .as("cp %s terraform/%s", file, copy)
                .hasSameTextualContentAs(Path.of(file));
    }
}
