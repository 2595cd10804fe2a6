package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Druid's defaults: its API returns specs with every default filled in. Only fields with exactly these values are
 * removed, which changes nothing (Druid 33; a test compares them with Druid's own output).
 */
final class ImportDefaults {

    private static final JsonNode ALL = read();

    private ImportDefaults() {}

    /** Removes nulls and defaults at the top level of the object. */
    static void strip(ObjectNode object, String section, String type) {
        JsonNode defaults = ALL.path(section).path(type);
        List<String> needless = new ArrayList<>();
        object.properties().forEach(field -> {
            if (field.getValue().isNull() || field.getValue().equals(defaults.get(field.getKey()))) {
                needless.add(field.getKey());
            }
        });
        object.remove(needless);
    }

    private static JsonNode read() {
        try (InputStream json = ImportDefaults.class.getResourceAsStream("druid-defaults.json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("The defaults are beside this class", impossible);
        }
    }
}
