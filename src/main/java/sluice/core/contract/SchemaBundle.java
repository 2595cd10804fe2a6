package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One schema file together with everything it refers to in other files, as editors need it: with an id, and without the
 * keywords that only the contract knows. Validators in strict mode accept it.
 */
final class SchemaBundle {
    /** A release puts the address of its pages here. */
    private static final String SCHEMAS = "https://sluice.invalid/schemas/";

    private static final String OWN_KEYWORD = "x-";

    private final SchemaFiles files;

    SchemaBundle(SchemaFiles files) {
        this.files = files;
    }

    /** Names of definitions are unique across all files of a version, so they fit into one object. */
    ObjectNode of(String file) {
        ObjectNode bundle = plain(file);
        StrictSchema.rewrite(bundle);
        return bundle;
    }

    /** As {@link #of}, with several types where the contract has them. */
    ObjectNode plain(String file) {
        ObjectNode bundle = files.file(file).deepCopy();
        bundle.remove("$defs");
        bundle.put("$id", SCHEMAS + "druid-" + files.version() + "/" + file + ".schema.json");
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
        withoutOwnKeywords(bundle);
        return bundle;
    }

    private static void withoutOwnKeywords(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> own = new ArrayList<>();
            object.fieldNames().forEachRemaining(name -> {
                if (name.startsWith(OWN_KEYWORD)) {
                    own.add(name);
                }
            });
            object.remove(own);
        }
        node.forEach(SchemaBundle::withoutOwnKeywords);
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
