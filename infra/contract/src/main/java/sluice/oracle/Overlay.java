package sluice.oracle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Druid's classes do not tell: what is required, ranges, words for people, and types of extensions whose jars cannot
 * be had. Merged over what was derived: objects are merged key by key, {@code required} is added to, everything else is replaced,
 * {@code null} takes a key away.
 */
final class Overlay {
    private final ObjectNode content;

    private Overlay(ObjectNode content) {
        this.content = content;
    }

    static Overlay read(Path file, String version) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(JsonParser.Feature.ALLOW_COMMENTS);
        ObjectNode content = (ObjectNode) mapper.readTree(Files.readString(file));
        JsonNode ofVersion = content.path("versions").path(version);
        content.remove("versions");
        if (ofVersion.isObject()) {
            merge(content, (ObjectNode) ofVersion);
        }
        return new Overlay(content);
    }

    /** Scalars that every file refers to: an interval, a period, a 32-bit integer. */
    ObjectNode common() {
        return object("common");
    }

    /** What to merge into the definition of that name. */
    ObjectNode definition(String name) {
        return (ObjectNode) object("definitions").path(name).deepCopy();
    }

    boolean has(String section, String name) {
        return content.path(section).has(name);
    }

    /** Types of a class that only the documentation knows, by type name: definition name, extension. */
    ObjectNode documentedSubtypes(String base) {
        JsonNode subtypes = content.path("documented").path(base);
        return subtypes.isObject() ? (ObjectNode) subtypes : JsonNodeFactory.instance.objectNode();
    }

    /** Names of definitions that the overlay changes: each must exist, or the overlay is stale. */
    List<String> definitionNames() {
        List<String> names = new ArrayList<>();
        object("definitions").fieldNames().forEachRemaining(names::add);
        return names;
    }

    ObjectNode object(String section) {
        JsonNode found = content.path(section);
        return found.isObject() ? (ObjectNode) found : JsonNodeFactory.instance.objectNode();
    }

    /** An object's fields in their order, as a list: Druid 33 has a Jackson that can only iterate. */
    static List<Map.Entry<String, JsonNode>> fields(JsonNode object) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
        object.fields().forEachRemaining(fields::add);
        return fields;
    }

    static void add(ArrayNode names, JsonNode name) {
        for (JsonNode known : names) {
            if (known.equals(name)) {
                return;
            }
        }
        names.add(name);
    }

    static void merge(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> entry : fields(patch)) {
            JsonNode present = target.get(entry.getKey());
            if (entry.getValue().isNull()) {
                target.remove(entry.getKey());
            } else if (entry.getKey().equals("required") && present instanceof ArrayNode known) {
                entry.getValue().forEach(name -> add(known, name));
            } else if (present instanceof ObjectNode && entry.getValue().isObject()) {
                merge((ObjectNode) present, (ObjectNode) entry.getValue());
            } else {
                target.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
    }
}
