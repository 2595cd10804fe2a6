package sluice.entry.cli.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's files: nothing from elsewhere, no way from text to markup, and each served. */
class PageBundleTest {

    private static final Path FOLDER = Path.of("src/main/resources/sluice/entry/cli/ui");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .* from '([^']+)';$");

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void everyFileIsServed() throws IOException {
        // Given
        PageFiles served = PageFiles.read();

        // Then
        assertThat(files()).isNotEmpty().allSatisfy(file -> assertThat(served.find("/assets/" + file.getFileName()))
                .isPresent());
    }

    @Test
    void everyImportIsAFileOfThePage() throws IOException {
        // Given
        Set<String> names =
                files().stream().map(file -> "./" + file.getFileName()).collect(Collectors.toCollection(TreeSet::new));

        // When
        Set<String> imported = files().stream()
                .flatMap(file -> IMPORT.matcher(text(file)).results().map(found -> found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(imported).hasSizeGreaterThan(5).isSubsetOf(names);
    }

    /** Else the browser learns of a module only from the one that imports it, one round trip later. */
    @Test
    void everyModuleIsAskedForAtOnce() throws IOException {
        // Given
        String page = text(FOLDER.resolve("index.html"));

        // Then
        assertThat(files())
                .map(file -> file.getFileName().toString())
                .filteredOn(name -> name.endsWith(".js"))
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(page)
                        .containsAnyOf(
                                "<link rel=\"modulepreload\" href=\"/assets/" + name + "\">",
                                "<script type=\"module\" src=\"/assets/" + name + "\">"));
    }

    @Test
    void noScriptTurnsTextIntoMarkupOrCode() throws IOException {
        // Given
        List<String> ways = List.of(
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "Function(",
                "srcdoc",
                "setHTMLUnsafe",
                "DOMParser",
                "javascript:",
                "createContextualFragment");

        // Then
        assertThat(files()).allSatisfy(file -> assertThat(text(file)).doesNotContain(ways));
    }

    @Test
    void nothingComesFromElsewhere() throws IOException {
        // Then: the namespace of SVG is a name, not an address
        assertThat(files()).allSatisfy(file -> assertThat(text(file).replace("http://www.w3.org/2000/svg", ""))
                .doesNotContainPattern("https?://[a-z0-9]"));
    }

    @Test
    void theDocumentHasNeitherInlineScriptsNorInlineStyles() {
        assertThat(text(FOLDER.resolve("index.html")))
                .doesNotContainPattern("<script(?![^>]*\\bsrc=)")
                .doesNotContainPattern("<style|\\bstyle=|\\bon[a-z]+=");
    }
}
