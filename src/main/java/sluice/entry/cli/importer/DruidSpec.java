package sluice.entry.cli.importer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import sluice.core.contract.LegacyForms;

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

    /**
     * Returns the spec in the form of today: without a parser, a firehose and removed fields. Each change is a note.
     */
    DruidSpec modern(ImportNotes notes) {
        JsonNode whole = document.deepCopy();
        for (String field : LegacyForms.fieldsWithoutEffect(document.at(root))) {
            JsonPointer place = JsonPointer.compile(root + field);
            ((ObjectNode) whole.at(place.head())).remove(place.last().getMatchingProperty());
            notes.add(
                    ImportCode.LEFT_OUT,
                    root + field,
                    "Druid has removed '" + place.last().getMatchingProperty() + "', which had no effect on the data",
                    null,
                    isBatch() ? "/batch" : "/stream");
        }
        ObjectNode given = (ObjectNode) whole.at(parts);
        ObjectNode today = LegacyForms.modern(given);
        translated(given, today, "dataSchema", "parser", notes);
        translated(given, today, "ioConfig", "firehose", notes);
        if (today == given) {
            return new DruidSpec(type, whole, root, parts);
        }
        if (parts.isEmpty()) {
            return new DruidSpec(type, today, root, parts);
        }
        JsonPointer place = JsonPointer.compile(parts);
        ((ObjectNode) whole.at(place.head())).set(place.last().getMatchingProperty(), today);
        return new DruidSpec(type, whole, root, parts);
    }

    private void translated(ObjectNode given, ObjectNode today, String part, String field, ImportNotes notes) {
        if (given.path(part).has(field) && !today.path(part).has(field)) {
            notes.add(
                    ImportCode.DONE_OTHERWISE,
                    pointer(part) + "/" + field,
                    "Druid has removed '" + field + "'; the definition has its modern form",
                    null,
                    "/schema");
        }
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
