package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code infra/cli/pom.xml} builds the command line from the libraries that the project itself has. */
class CommandLinePomTest {

    private static final Pattern VERSION =
            Pattern.compile("<([a-z0-9.-]+[.]version|revision|project.build.outputTimestamp)>([^<]+)<");

    @Test
    void propertiesThatBothHaveAreEqual() throws IOException {
        // Given
        Map<String, String> project = properties(Path.of("pom.xml"));
        Map<String, String> own = properties(Path.of("infra/cli/pom.xml"));
        own.keySet().retainAll(project.keySet());

        // Then
        assertThat(own).hasSizeGreaterThan(3);
        assertThat(project).containsAllEntriesOf(own);
    }

    @Test
    void versionsThatQuarkusDecidesAreThoseOfTheClassPath() throws IOException {
        // Given
        Map<String, String> own = properties(Path.of("infra/cli/pom.xml"));

        // Then
        assertThat(own.get("jackson.version")).isEqualTo(onClassPath("jackson-databind"));
        assertThat(own.get("slf4j.version")).isEqualTo(onClassPath("slf4j-api"));
        assertThat(own.get("snakeyaml.version")).isEqualTo(onClassPath("snakeyaml"));
        assertThat(own.get("jspecify.version")).isEqualTo(onClassPath("jspecify"));
    }

    private static String onClassPath(String artifact) throws IOException {
        String jar = artifact + "-";
        String text = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(text.split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.matches(Pattern.quote(jar) + "[0-9].*[.]jar"))
                .map(name -> name.substring(jar.length(), name.length() - ".jar".length()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> properties(Path pom) throws IOException {
        Map<String, String> found = new TreeMap<>();
        VERSION.matcher(Files.readString(pom)).results().forEach(match -> found.put(match.group(1), match.group(2)));
        return found;
    }
}
