package sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers that the sandbox starts have open licences. The build fetches them before the integration tests. */
class LicencesIT {

    private static final int DEEPEST = 8;

    @ParameterizedTest
    @ValueSource(strings = {"druid", "kafka", "lambda", "s3"})
    void everyJarOfAServerHasAnOpenLicence(String server) throws IOException {
        // Given
        Set<String> names;
        try (Stream<Path> jars =
                Files.walk(Path.of("infra", server, "target"), DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            names = jars.filter(jar -> jar.getParent().endsWith("lib"))
                    .map(jar -> jar.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.matches(server + "-\\d.*")) // the last is our own
                    .collect(Collectors.toSet());
        }
        List<Path> originals = Licences.originals(repository(), names).toList();

        // When
        List<String> notOpen = new Licences().notOpen(originals.stream());

        // Then
        assertThat(originals).isNotEmpty();
        assertThat(originals.stream().map(jar -> jar.getFileName().toString()).collect(Collectors.toSet()))
                .as("jars of %s that Maven fetched", server)
                .containsAll(names);
        assertThat(notOpen).isEmpty();
    }

    /** The one that this test itself was loaded with. */
    private static Path repository() {
        Path jar = Path.of(org.assertj.core.api.Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        // org/assertj/assertj-core/<version>/<jar>
        return jar.resolve("../../../../..").normalize();
    }
}
