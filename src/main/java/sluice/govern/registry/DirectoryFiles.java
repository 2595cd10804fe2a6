package sluice.govern.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads definitions in a directory and below it, packed with the function or on a developer's machine. */
class DirectoryFiles implements DefinitionFiles {

    private final Path directory;

    DirectoryFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<DefinitionFile> read(Map<String, DefinitionFile> known) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> DefinitionFile.isDefinition(path.toString()))
                    .sorted()
                    .map(this::read)
                    .toList();
        } catch (IOException exception) {
            throw new UncheckedIOException("definitions cannot be read from " + directory, exception);
        }
    }

    private DefinitionFile read(Path path) {
        String name = directory.relativize(path).toString();
        try {
            long size = Files.size(path);
            if (size > DefinitionFile.MAX_BYTES) {
                return DefinitionFile.tooLarge(name, Long.toString(size), size);
            }
            byte[] bytes = Files.readAllBytes(path);
            return DefinitionFile.of(name, Integer.toHexString(Arrays.hashCode(bytes)), bytes);
        } catch (IOException exception) {
            return DefinitionFile.withheld(
                    name,
                    "unreadable",
                    "The file cannot be read (" + exception.getClass().getSimpleName() + ")");
        }
    }
}
