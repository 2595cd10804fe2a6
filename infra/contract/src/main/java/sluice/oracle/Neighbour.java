package sluice.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The schemas of another Druid version: for types of extensions whose jars are to be had for that version only. What
 * has changed between the two is in the overlay.
 */
final class Neighbour {
    private final Map<String, ObjectNode> definitions;
    private final Map<String, String> files;

    private Neighbour(Map<String, ObjectNode> definitions, Map<String, String> files) {
        this.definitions = definitions;
        this.files = files;
    }

    static Neighbour none() {
        return new Neighbour(Map.of(), Map.of());
    }

    static Neighbour read(Path folder) throws IOException {
        Map<String, ObjectNode> definitions = new TreeMap<>();
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> listed = Files.list(folder)) {
            for (Path file : listed.sorted().toList()) {
                for (Map.Entry<String, JsonNode> definition : Overlay.fields(
                        new ObjectMapper().readTree(file.toFile()).path("$defs"))) {
                    unlink(definition.getValue());
                    definitions.put(definition.getKey(), (ObjectNode) definition.getValue());
                    files.put(definition.getKey(), file.getFileName().toString().replace(".json", ""));
                }
            }
        }
        return new Neighbour(definitions, files);
    }

    /** References as {@link Definitions} writes them. */
    private static void unlink(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("$ref")) {
            String reference = object.get("$ref").asText();
            object.put("$ref", "#" + reference.substring(reference.lastIndexOf('/') + 1));
        }
        node.forEach(Neighbour::unlink);
    }

    /** Types of extensions, by type name, that the class can be there. */
    ObjectNode extensionTypes(String base) {
        ObjectNode types = JsonNodeFactory.instance.objectNode();
        for (JsonNode branch : definitions
                .getOrDefault(base, JsonNodeFactory.instance.objectNode())
                .path("allOf")) {
            String target = branch.path("then").path("$ref").asText().substring(1);
            if (definitions.get(target).has("x-extension")) {
                JsonNode condition =
                        branch.path("if").path("properties").elements().next();
                types.put(condition.path("const").asText(), target);
            }
        }
        return types;
    }

    boolean has(String name) {
        return definitions.containsKey(name);
    }

    String fileOf(String name) {
        return files.get(name);
    }

    /** The definition, marked as one that this version's jars do not vouch for. */
    ObjectNode definition(String name) {
        return definitions.get(name).deepCopy().put("x-documented", true);
    }

    /** Names of the definitions that it refers to. */
    List<String> references(String name) {
        return definitions.get(name).findValuesAsText("$ref").stream()
                .map(reference -> reference.substring(1))
                .toList();
    }
}
