package sluice.entry.cli.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        assertThat(files())
                .filteredOn(file -> !isModule(file))
                .hasSizeGreaterThan(2)
                .allSatisfy(file ->
                        assertThat(served.find("/assets/" + file.getFileName())).isPresent());
    }

    private static boolean isModule(Path file) {
        return file.toString().endsWith(".js");
    }

    private static String bundle() {
        return new String(PageFiles.read().find("/assets/app.js").orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    /** Else a browser asks for a dozen files, six at a time, before it can draw anything. */
    @Test
    void theScriptHasEveryModuleOnceAndAsksForNone() throws IOException {
        // When
        String bundle = bundle();

        // Then
        assertThat(files())
                .filteredOn(PageBundleTest::isModule)
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> {
                    String firstLine = text(file).lines().findFirst().orElseThrow();
                    assertThat(bundle).containsOnlyOnce(firstLine);
                });
        assertThat(bundle).doesNotContainPattern("(?m)^\\s*(import|export)\\b");
        assertThat(text(FOLDER.resolve("index.html")).split("<script", -1)).hasSize(2);
    }

    @Test
    void aModuleComesAfterWhatItImports() {
        // Given
        Map<String, String> sources = Map.of(
                "app", "import {area as size} from './shape.js';\nimport {pi} from './number.js';\nsize(pi);\n",
                "shape", "import {pi} from './number.js';\nexport const area = radius => pi * radius ** 2;\n",
                "number", "export const pi = 3;\nexport async function read() {}\n");

        // When
        String bundle = PageBundle.of("app", sources::get);

        // Then
        assertThat(bundle)
                .isEqualTo(
                        """
                        'use strict';
                        const modules = {};
                        modules.number = (() => {
                        const pi = 3;
                        async function read() {}
                        return {pi, read};
                        })();
                        modules.shape = (() => {
                        const {pi} = modules.number;
                        const area = radius => pi * radius ** 2;
                        return {area};
                        })();
                        modules.app = (() => {
                        const {area: size} = modules.shape;
                        const {pi} = modules.number;
                        size(pi);
                        return {};
                        })();
                        """);
    }

    @Test
    void modulesThatImportEachOtherAreRefused() {
        // Given
        Map<String, String> sources = Map.of(
                "app", "import {a} from './other.js';\nexport const b = 1;\n",
                "other", "import {b} from './app.js';\nexport const a = 1;\n");

        // Then
        assertThatThrownBy(() -> PageBundle.of("app", sources::get)).hasMessageContaining("circle: [app, other]");
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
