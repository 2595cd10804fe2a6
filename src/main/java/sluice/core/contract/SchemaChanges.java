package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Adds the changes of later Druid versions to a schema file of an earlier one. */
final class SchemaChanges {
    private final KnownVersion version;
    private final JsonNode changes;
    private final BiFunction<String, String, JsonNode> content;

    /**
     * @param changes fields and types, each with the version since which it exists; without a schema of its own, it is as
     *     in the donor
     * @param content returns the content of a file of a version
     */
    SchemaChanges(KnownVersion version, JsonNode changes, BiFunction<String, String, JsonNode> content) {
        this.version = version;
        this.changes = changes;
        this.content = content;
    }

    /** Returns the file with the changes of its definitions; the same object if there are none. */
    JsonNode of(String file) {
        JsonNode before = content.apply(version.derivedFrom(), file);
        List<JsonNode> mine = new ArrayList<>();
        changes.forEach(change -> {
            String since = change.path("since").asText();
            boolean applies = since.compareTo(version.derivedFrom()) > 0 && since.compareTo(version.name()) <= 0;
            if (applies && before.path("$defs").has(change.path("definition").asText())) {
                mine.add(change);
            }
        });
        boolean functions = file.equals("functions") && !version.derivedFrom().equals(version.donor());
        if (mine.isEmpty() && !functions) {
            return before;
        }
        ObjectNode after = before.deepCopy();
        mine.forEach(change -> apply(change, after, file));
        if (functions) {
            // A function of a later version is no error here: which version brought it is not recorded.
            content.apply(version.donor(), file).path("functions").forEach(((ArrayNode) after.get("functions"))::add);
        }
        return after;
    }

    private void apply(JsonNode change, ObjectNode file, String name) {
        String definition = change.path("definition").asText();
        ObjectNode target = (ObjectNode) file.path("$defs").get(definition);
        JsonNode donor = content.apply(version.donor(), name).path("$defs").path(definition);
        if (change.has("field")) {
            String field = change.get("field").asText();
            JsonNode schema = change.has("schema")
                    ? change.get("schema")
                    : donor.path("properties").path(field);
            target.withObject("/properties").set(field, completed(schema.deepCopy(), file, name));
            return;
        }
        type(change, target, donor, file, name);
    }

    private void type(JsonNode change, ObjectNode target, JsonNode donor, ObjectNode file, String name) {
        String type = change.get("type").asText();
        ArrayNode branches = (ArrayNode) target.get("allOf");
        if (change.has("schema")) {
            ObjectNode branch = branches.addObject();
            ObjectNode condition = branch.putObject("if").put("type", "object");
            condition.putObject("properties").putObject("type").put("const", type);
            condition.putArray("required").add("type");
            branch.set("then", change.get("schema"));
        } else {
            donor.path("allOf").forEach(branch -> {
                JsonNode chosen = branch.path("if").path("properties");
                if (chosen.iterator().next().path("const").asText().equals(type)) {
                    branches.add(completed(branch.deepCopy(), file, name));
                }
            });
        }
        JsonNode key = target.path("properties").iterator().next();
        ((ArrayNode) key.path("enum")).insert(0, type);
    }

    /** Brings the definitions along that the file's version does not have. */
    private JsonNode completed(JsonNode schema, ObjectNode file, String name) {
        if (schema instanceof ObjectNode object && object.path("$ref").isTextual()) {
            String reference = object.get("$ref").textValue();
            int hash = reference.indexOf('#');
            String owner = hash == 0 ? name : reference.substring(0, hash - ".json".length());
            String definition = reference.substring(hash + "#/$defs/".length());
            boolean known =
                    content.apply(version.derivedFrom(), owner).path("$defs").has(definition);
            if (!known) {
                object.put("$ref", "#/$defs/" + definition);
                if (!file.path("$defs").has(definition)) {
                    JsonNode brought = content.apply(version.donor(), owner)
                            .path("$defs")
                            .path(definition)
                            .deepCopy();
                    ((ObjectNode) file.get("$defs")).set(definition, brought);
                    completed(brought, file, owner);
                }
            } else if (hash == 0 && !file.path("$defs").has(definition)) {
                object.put("$ref", owner + ".json" + reference);
            }
        }
        schema.forEach(child -> completed(child, file, name));
        return schema;
    }
}
