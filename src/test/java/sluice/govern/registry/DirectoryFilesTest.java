package sluice.govern.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.govern.GovernWorld;

class DirectoryFilesTest {

    @TempDir
    private Path directory;

    @Test
    void readsDefinitionsInTheDirectoryAndBelowIt() throws IOException {
        // Given
        Files.writeString(directory.resolve("b.yml"), "b: 1");
        Files.createDirectory(directory.resolve("deeper"));
        Files.writeString(directory.resolve("deeper/a.json"), "{}");
        Files.writeString(directory.resolve("readme.md"), "not one");

        // When
        List<DefinitionFile> files = new DirectoryFiles(directory).read(Map.of());

        // Then
        assertThat(files)
                .extracting(DefinitionFile::name, DefinitionFile::text)
                .containsExactly(tuple("b.yml", "b: 1"), tuple("deeper/a.json", "{}"));
    }

    @Test
    void aChangedTextHasAnotherVersion() throws IOException {
        // Given
        DirectoryFiles files = new DirectoryFiles(directory);
        Files.writeString(directory.resolve("a.yaml"), "a: 1");
        String before = files.read(Map.of()).get(0).version();
        Files.writeString(directory.resolve("a.yaml"), "a: 2");

        // When
        String after = files.read(Map.of()).get(0).version();

        // Then
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void aMissingDirectoryIsAnErrorThatNamesIt() {
        // Given
        DirectoryFiles files = new DirectoryFiles(directory.resolve("missing"));

        // When, Then
        assertThatThrownBy(() -> files.read(Map.of()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void theCatalogReadsFromADirectory() throws IOException {
        // Given
        Files.writeString(directory.resolve("wiki.yaml"), GovernWorld.text("wiki"));
        DefinitionCatalog catalog = GovernWorld.ofDirectory(directory).bean(DefinitionCatalog.class);

        // When, Then
        assertThat(catalog.fresh().byDatasource()).containsOnlyKeys("wiki");
        assertThat(catalog.holds("definitions", "wiki.yaml")).isFalse();
    }
}
