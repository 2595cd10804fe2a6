package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * A task or supervisor, inside whatever Druid's API wraps around it: {@code {task, payload}} of a task, {@code {id,
 * spec, ...}} of a list of supervisors or {@code {spec, version}} of a supervisor's history.
 *
 * @param type index_parallel, index, kafka or kinesis
 * @param root JSON Pointer of the task or supervisor in the document
 * @param parts JSON Pointer of the object with dataSchema, ioConfig and tuningConfig
 */
record DruidSpec(String type, JsonNode document, String root, String parts) {

    private static final Set<String> BATCH = Set.of("index_parallel", "index");
    private static final Set<String> STREAM = Set.of("kafka", "kinesis");

    static Optional<DruidSpec> of(JsonNode document) {
        for (String root : new String[] {"", "/payload", "/spec"}) {
            JsonNode node = document.at(root);
            String type = node.path("type").asText("");
            if (BATCH.contains(type) || STREAM.contains(type)) {
                // Older supervisors have the three parts at the top level.
                String parts = node.path("spec").has("dataSchema") ? root + "/spec" : root;
                return document.at(parts).path("dataSchema").isObject()
                        ? Optional.of(new DruidSpec(type, document, root, parts))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    boolean isBatch() {
        return BATCH.contains(type);
    }

    /** Returns a copy of a part; empty if there is none. */
    ObjectNode part(String name) {
        return object(document.at(parts).path(name));
    }

    ObjectNode context() {
        return object(document.at(root).path("context"));
    }

    boolean isSuspended() {
        return document.at(root).path("suspended").asBoolean();
    }

    String pointer(String part) {
        return parts + "/" + part;
    }

    private static ObjectNode object(JsonNode node) {
        return node instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
    }
}
