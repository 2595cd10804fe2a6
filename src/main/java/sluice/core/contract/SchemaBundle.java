package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** One schema file together with everything it refers to in other files, as editors need it. */
final class SchemaBundle {
    private final SchemaFiles files;

    SchemaBundle(SchemaFiles files) {
        this.files = files;
    }

    /** Names of definitions are unique across all files of a version, so they fit into one object. */
    ObjectNode of(String file) {
        ObjectNode bundle = files.file(file).deepCopy();
        bundle.remove("$defs");
        Map<String, JsonNode> definitions = new TreeMap<>();
        Deque<String[]> waiting = new ArrayDeque<>();
        localize(bundle, file, waiting);
        while (!waiting.isEmpty()) {
            String[] wanted = waiting.remove();
            if (!definitions.containsKey(wanted[1])) {
                JsonNode definition =
                        files.file(wanted[0]).path("$defs").path(wanted[1]).deepCopy();
                definitions.put(wanted[1], definition);
                localize(definition, wanted[0], waiting);
            }
        }
        bundle.putObject("$defs").setAll(definitions);
        return bundle;
    }

    private static void localize(JsonNode node, String file, Deque<String[]> waiting) {
        if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
            String reference = object.get("$ref").textValue();
            int hash = reference.indexOf('#');
            String target = hash == 0 ? file : reference.substring(0, hash - ".json".length());
            object.put("$ref", reference.substring(hash));
            waiting.add(new String[] {target, reference.substring(hash + "#/$defs/".length())});
        }
        node.forEach(child -> localize(child, file, waiting));
    }
}
