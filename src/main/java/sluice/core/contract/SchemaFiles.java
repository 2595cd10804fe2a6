package sluice.core.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schema files of one Druid version. Files are read and definitions compiled when first needed: checking one kind
 * of spec does not pay for the others.
 */
final class SchemaFiles {
    /** The form before inputFormat, which has not changed since and is written by hand. */
    static final String PARSER = "parser";

    // No ObjectMapper: creating one takes longer than reading all of these files.
    private static final JsonFactory FACTORY = new JsonFactory();

    private final String version;
    private final ExtensionTypes declared;
    private final Map<String, JsonNode> files = new ConcurrentHashMap<>();
    private final Map<String, CompiledSchema> shapes = new ConcurrentHashMap<>();

    SchemaFiles(String version) {
        this(version, ExtensionTypes.NONE);
    }

    /** @param declared types beside those of Druid */
    SchemaFiles(String version, ExtensionTypes declared) {
        this.version = version;
        this.declared = declared;
    }

    String version() {
        return version;
    }

    /** Returns the schemas of types that were declared for a definition, by type name. */
    Map<String, JsonNode> declared(String definition) {
        return declared.of(definition);
    }

    /** Returns the content of a file, named without its extension: {@code task}, {@code functions}. */
    JsonNode file(String name) {
        JsonNode known = files.get(name);
        if (known == null) {
            known = read(name);
            files.put(name, known);
        }
        return known;
    }

    /** Returns a definition by reference: {@code other.json#/$defs/Name}, or {@code #/$defs/Name} in the same file. */
    CompiledSchema shape(String reference, String fromFile) {
        int hash = reference.indexOf('#');
        String file = hash == 0 ? fromFile : reference.substring(0, hash - ".json".length());
        String name = reference.substring(hash + "#/$defs/".length());
        String key = file + '#' + name;
        CompiledSchema known = shapes.get(key);
        if (known == null) {
            JsonNode content = file(file);
            JsonNode definition = content.path("$defs").get(name);
            if (definition == null) {
                throw new IllegalStateException("schema " + version + "/" + file + ".json has no " + name);
            }
            known = new SchemaCompiler(this, file, content.path("x-page").asText(null)).shape(name, definition);
            shapes.put(key, known);
        }
        return known;
    }

    private JsonNode read(String name) {
        if (name.equals(PARSER)) {
            return resource(PARSER);
        }
        KnownVersion known = KnownVersion.of(version);
        return known.hasOwnSchemas()
                ? resource(version + "/" + name)
                : new SchemaChanges(known, resource("changes"), (of, file) -> resource(of + "/" + file)).of(name);
    }

    private static JsonNode resource(String name) {
        String resource = "druid-contract/" + name + ".json";
        try (InputStream content = SchemaFiles.class.getClassLoader().getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalStateException("schema file " + resource + " is missing from the class path");
            }
            try (JsonParser parser = FACTORY.createParser(content)) {
                return new JsonTreeReader(parser).read();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
