package sluice.govern.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import sluice.core.definition.SegmentGranularity;
import sluice.core.json.Change;
import sluice.core.json.SecretPlaceholders;
import sluice.core.plan.SettingsOperation;
import sluice.core.spec.SettingsMarks;

/**
 * Brings supervisors to one normal form without what Druid derives from other fields: the copies beside {@code spec},
 * {@code stream} and {@code useEarliestSequenceNumber} of Kafka, and columns that are excluded anyway.
 *
 * <p>Two fields belong to others and are never compared: {@code suspended}, which a person decides, and {@code taskCount}
 * while an autoscaler is on (apache/druid #18745, #19541).
 */
final class SupervisorForm {

    private static final Set<String> NUMERIC = Set.of("long", "float", "double");

    private SupervisorForm() {}

    static ObjectNode of(ObjectNode supervisor) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        form.set("type", supervisor.path("type").deepCopy());
        boolean whole = supervisor.path("spec").isObject();
        ObjectNode spec = form.putObject("spec");
        for (String part : List.of("dataSchema", "ioConfig", "tuningConfig")) {
            if ((whole ? supervisor.path("spec") : supervisor).get(part) instanceof ObjectNode object) {
                spec.set(part, object.deepCopy());
            }
        }
        if (supervisor.get("context") instanceof ObjectNode context) {
            form.set("context", context.deepCopy());
            SettingsMarks.remove(form.withObjectProperty("context"));
        }
        dataSchema(spec.withObjectProperty("dataSchema"));
        ioConfig(form.path("type").asText(), spec.withObjectProperty("ioConfig"));
        ObjectNode tuning = spec.withObjectProperty("tuningConfig");
        tuning.remove("type");
        CanonicalForm.spans(tuning);
        return CanonicalForm.of(form);
    }

    /** Returns a live supervisor without the fields that Druid adds and does not accept in a post. */
    static ObjectNode postable(ObjectNode live) {
        ObjectNode postable = live.deepCopy();
        if (live.path("spec").isObject()) {
            postable.remove(List.of("dataSchema", "ioConfig", "tuningConfig"));
        }
        if (live.path("type").asText().equals("kafka") && postable.at("/spec/ioConfig") instanceof ObjectNode io) {
            io.remove(List.of("stream", "useEarliestSequenceNumber"));
        }
        return postable;
    }

    /**
     * Returns true if a supervisor of Sluice differs from the wanted one in values of secrets alone. A live document has the
     * current values hidden behind their placeholders, so a difference means that a secret was rotated.
     */
    static boolean isRotation(SettingsOperation operation) {
        return operation instanceof SettingsOperation.Restart restart
                && restart.changes().stream()
                        .allMatch(change -> change.kind() == Change.Kind.REPLACED
                                && change.after() != null
                                && SecretPlaceholders.count(change.after().toString()) > 0);
    }

    static boolean isScaled(JsonNode supervisor) {
        return supervisor
                .at("/spec/ioConfig/autoScalerConfig/enableTaskAutoScaler")
                .asBoolean();
    }

    private static void ioConfig(String type, ObjectNode ioConfig) {
        ioConfig.remove("type");
        if (type.equals("kafka")) {
            ioConfig.remove(List.of("stream", "useEarliestSequenceNumber"));
        }
        if (ioConfig.path("autoScalerConfig").path("enableTaskAutoScaler").asBoolean()) {
            ioConfig.remove("taskCount");
        }
        CanonicalForm.spans(ioConfig);
    }

    private static void dataSchema(ObjectNode schema) {
        if (schema.get("granularitySpec") instanceof ObjectNode granularity) {
            granularity.remove("intervals");
            if (granularity.path("type").asText("uniform").equals("uniform")) {
                granularity.remove("type");
            }
            for (String name : List.of("segmentGranularity", "queryGranularity")) {
                if (granularity.has(name)) {
                    granularity.set(name, granularity(granularity.get(name)));
                }
            }
        }
        if (schema.get("dimensionsSpec") instanceof ObjectNode dimensions) {
            dimensions(schema, dimensions);
        }
        for (JsonNode metric : schema.path("metricsSpec")) {
            if (metric instanceof ObjectNode filtered
                    && filtered.path("type").asText().equals("filtered")) {
                filtered.remove("name"); // Druid takes it from the inner aggregator
            }
        }
    }

    /** Druid returns {@code {type: none}} for NONE, and HOUR for hour and for a period of an hour. */
    static JsonNode granularity(JsonNode given) {
        String name = given.isTextual() ? given.textValue() : given.path("type").asText();
        if (given.isTextual() || name.equals("none") || name.equals("all")) {
            return JsonNodeFactory.instance.textNode(name.toUpperCase(Locale.ROOT));
        }
        boolean plain = name.equals("period")
                && (!given.hasNonNull("timeZone")
                        || given.path("timeZone").asText().equals("UTC"))
                && !given.hasNonNull("origin");
        return plain
                ? SegmentGranularity.ofPeriod(given.path("period").asText())
                        .<JsonNode>map(granularity -> JsonNodeFactory.instance.textNode(granularity.name()))
                        .orElse(given)
                : given;
    }

    private static void dimensions(ObjectNode schema, ObjectNode spec) {
        if (spec.get("dimensions") instanceof ArrayNode dimensions) {
            ArrayNode whole = JsonNodeFactory.instance.arrayNode();
            dimensions.forEach(dimension -> whole.add(dimension(dimension)));
            spec.set("dimensions", whole);
        }
        Set<String> excluded = new TreeSet<>();
        spec.path("dimensionExclusions").forEach(name -> excluded.add(name.asText()));
        excluded.remove("__time");
        excluded.remove(schema.path("timestampSpec").path("column").asText("timestamp"));
        schema.path("metricsSpec").forEach(metric -> exclude(metric, excluded));
        ArrayNode exclusions = spec.putArray("dimensionExclusions");
        excluded.forEach(exclusions::add);
    }

    private static void exclude(JsonNode metric, Set<String> excluded) {
        excluded.remove(metric.path("name").asText());
        excluded.remove(metric.path("fieldName").asText());
        metric.path("fieldNames").forEach(name -> excluded.remove(name.asText()));
        if (metric.path("aggregator").isObject()) {
            exclude(metric.path("aggregator"), excluded);
        }
    }

    private static ObjectNode dimension(JsonNode given) {
        ObjectNode dimension = given instanceof ObjectNode object
                ? object.deepCopy()
                : JsonNodeFactory.instance.objectNode().put("name", given.asText());
        String type = dimension.path("type").asText("string");
        dimension.put("type", type);
        if (dimension.path("multiValueHandling").asText("SORTED_ARRAY").equals("SORTED_ARRAY")) {
            dimension.remove("multiValueHandling");
        }
        boolean indexed = !NUMERIC.contains(type);
        if (dimension.path("createBitmapIndex").asBoolean(indexed) == indexed) {
            dimension.remove("createBitmapIndex");
        }
        dimension.remove("formatVersion"); // of json columns; Druid sets the newest that the cluster writes
        return dimension;
    }
}
