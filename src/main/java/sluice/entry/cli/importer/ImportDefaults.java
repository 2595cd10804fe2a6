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
 * What Druid writes where its user wrote nothing: its API returns specs with every default filled in. Only fields with
 * exactly these values are taken away, which changes nothing (Druid 33; a test compares with Druid's own writing).
 */
final class ImportDefaults {

    private static final JsonNode ALL = read();

    private ImportDefaults() {}

    /** Takes away nulls and defaults, at the top of the object only. */
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
            throw new UncheckedIOException("The defaults stand beside this class", impossible);
        }
    }
}
