package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sluice.core.contract.ExtensionTypes;
import sluice.core.json.UnreadableTextException;
import sluice.core.json.YamlText;

/** The files that declare types of extensions, in YAML or JSON. */
final class ExtensionFiles {

    private ExtensionFiles() {}

    /** @throws UsageException if a file cannot be read or is no declaration; the message names the file */
    static ExtensionTypes read(List<String> files) throws UsageException {
        List<JsonNode> documents = new ArrayList<>();
        for (String file : files) {
            try {
                JsonNode document = YamlText.read(Files.readString(Path.of(file)), (position, pointer, key) -> {})
                        .root();
                ExtensionTypes.of(List.of(document));
                documents.add(document);
            } catch (IOException | UnreadableTextException | IllegalArgumentException unusable) {
                throw new UsageException("--extension " + file + ": " + unusable.getMessage());
            }
        }
        return ExtensionTypes.of(documents);
    }
}
