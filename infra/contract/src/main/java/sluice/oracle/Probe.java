package sluice.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Finds out by trying what no annotation says: which fields a class cannot be made without, and from where on it takes
 * numbers. A field is required where every sample that Druid reads has it; a number has a least value where Druid reads that and
 * refuses what is below: 1, 0, or -1, which is Druid's word for none.
 */
final class Probe {
    private static final int ORDERS = 12;

    private final ObjectMapper druid;
    private final Samples samples;

    Probe(ObjectMapper druid, Samples samples) {
        this.druid = druid;
        this.samples = samples;
    }

    void complete(String name, JavaType type, ObjectNode schema) {
        if (type == null || !schema.path("properties").isObject() || schema.has("allOf")) {
            return;
        }
        ObjectNode full = samples.of(name);
        List<ObjectNode> readable = readable(full, type);
        if (readable.isEmpty()) {
            return;
        }
        Set<String> required = new LinkedHashSet<>();
        full.fieldNames().forEachRemaining(required::add);
        readable.forEach(sample -> required.removeIf(field -> !sample.has(field)));
        required.removeIf(field -> field.equals("type") || field.equals("id"));
        if (!required.isEmpty()) {
            ArrayNode known = schema.has("required") ? (ArrayNode) schema.get("required") : schema.putArray("required");
            required.forEach(field -> Overlay.add(known, druid.getNodeFactory().textNode(field)));
        }
        for (Map.Entry<String, JsonNode> property : Overlay.fields(schema.path("properties"))) {
            String reference = property.getValue().path("$ref").asText();
            if (List.of("#int", "#long").contains(reference)) {
                least(property.getKey(), readable, type, (ObjectNode) property.getValue());
            }
        }
    }

    private void least(String field, List<ObjectNode> readable, JavaType type, ObjectNode place) {
        readable.stream().filter(sample -> sample.has(field)).findFirst().ifPresent(sample -> {
            int least = List.of(-7, -1, 0, 1).stream()
                    .filter(number -> reads(sample.deepCopy().put(field, number), type))
                    .findFirst()
                    .orElse(-7);
            if (least > -7) {
                place.put("minimum", least);
            }
        });
    }

    /** Samples that Druid reads: the full one or a part of it, then each with as little as possible, in several orders. */
    private List<ObjectNode> readable(ObjectNode full, JavaType type) {
        List<ObjectNode> found = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        full.fieldNames().forEachRemaining(fields::add);
        fields.remove("type");
        if (reads(full, type)) {
            found.add(full);
        }
        for (String one : fields) {
            for (String two : fields) {
                ObjectNode part = full.deepCopy();
                part.remove(List.of(one, two));
                if (fields.indexOf(one) <= fields.indexOf(two) && found.size() < ORDERS && reads(part, type)) {
                    found.add(part);
                }
            }
        }
        Random random = new Random(42);
        for (ObjectNode start : List.copyOf(found)) {
            Collections.shuffle(fields, random);
            ObjectNode least = start;
            for (String field : fields) {
                ObjectNode part = least.deepCopy();
                part.remove(field);
                least = reads(part, type) ? part : least;
            }
            found.add(least);
        }
        ObjectNode nothing = full.deepCopy();
        nothing.remove(fields);
        if (reads(nothing, type)) {
            found.add(nothing);
        }
        return found;
    }

    private boolean reads(ObjectNode sample, JavaType type) {
        try {
            return druid.readValue(sample.toString(), type) != null;
        } catch (JsonProcessingException | RuntimeException | LinkageError refused) {
            return false;
        }
    }
}
