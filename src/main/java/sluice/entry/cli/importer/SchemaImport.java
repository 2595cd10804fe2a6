package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.core.definition.SegmentGranularity;

/** Converts the dataSchema: Druid's own words, without the datasource, the intervals and what Druid adds by itself. */
final class SchemaImport {

    private static final List<String> PARTS = List.of(
            "timestampSpec", "dimensionsSpec", "metricsSpec", "granularitySpec", "transformSpec", "projections");

    private final ObjectNode dataSchema;
    private final String pointer;
    private final ImportNotes notes;
    private final GranularityImport granularity;

    SchemaImport(DruidSpec spec, ImportNotes notes) {
        this.dataSchema = spec.part("dataSchema");
        this.pointer = spec.pointer("dataSchema");
        this.notes = notes;
        this.granularity = new GranularityImport(object("granularitySpec"), pointer, notes);
    }

    ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.set("timestampSpec", timestampSpec());
        schema.set("dimensionsSpec", dimensionsSpec());
        ArrayNode metrics = metricsSpec();
        if (!metrics.isEmpty()) {
            schema.set("metricsSpec", metrics);
        }
        schema.set("granularitySpec", granularity.granularitySpec());
        ObjectNode transform = object("transformSpec");
        ImportDefaults.strip(transform, "transformSpec", "transformSpec");
        if (!transform.isEmpty()) {
            schema.set("transformSpec", transform);
        }
        if (!dataSchema.path("projections").isEmpty()) {
            schema.set("projections", dataSchema.get("projections"));
        }
        rest();
        return schema;
    }

    /** Returns the length of a time chunk, if a definition supports it. */
    Optional<SegmentGranularity> segmentGranularity() {
        return granularity.segmentGranularity();
    }

    private ObjectNode timestampSpec() {
        ObjectNode spec = object("timestampSpec");
        ImportDefaults.strip(spec, "timestampSpec", "timestampSpec");
        if (spec.isEmpty()) {
            spec.put("column", "timestamp").put("format", "auto");
        }
        return spec;
    }

    private ObjectNode dimensionsSpec() {
        ObjectNode spec = object("dimensionsSpec");
        ImportDefaults.strip(spec, "dimensionsSpec", "dimensionsSpec");
        if (spec.get("dimensionExclusions") instanceof ArrayNode exclusions) {
            ArrayNode own = JsonNodeFactory.instance.arrayNode();
            Set<String> excludedAnyway = excludedAnyway();
            exclusions.forEach(name -> {
                if (!excludedAnyway.contains(name.asText())) {
                    own.add(name);
                }
            });
            if (own.isEmpty()) {
                spec.remove("dimensionExclusions");
            } else {
                spec.set("dimensionExclusions", own);
            }
        }
        if (spec.get("dimensions") instanceof ArrayNode dimensions) {
            ArrayNode simple = spec.putArray("dimensions");
            dimensions.forEach(dimension -> simple.add(dimension(dimension)));
        } else {
            spec.putArray("dimensions");
        }
        return spec;
    }

    /** Druid itself excludes the time, the metrics and their inputs. */
    private Set<String> excludedAnyway() {
        Set<String> names = new HashSet<>(Set.of("__time"));
        names.add(object("timestampSpec").path("column").asText("timestamp"));
        dataSchema.path("metricsSpec").forEach(metric -> {
            JsonNode inner = metric.path("type").asText().equals("filtered") ? metric.path("aggregator") : metric;
            names.add(metric.path("name").asText());
            names.add(inner.path("name").asText());
            names.add(inner.path("fieldName").asText());
        });
        return names;
    }

    private static JsonNode dimension(JsonNode dimension) {
        if (!(dimension instanceof ObjectNode object)) {
            return dimension;
        }
        String type = object.path("type").asText("string");
        ImportDefaults.strip(object, "dimension", type);
        boolean isPlain = object.size() <= 2
                && object.hasNonNull("name")
                && type.equals("string")
                && (object.size() == 1 || object.has("type"));
        return isPlain ? object.get("name") : object;
    }

    private ArrayNode metricsSpec() {
        ArrayNode metrics = JsonNodeFactory.instance.arrayNode();
        for (JsonNode metric : dataSchema.path("metricsSpec")) {
            if (metric instanceof ObjectNode object) {
                ImportDefaults.strip(object, "metric", object.path("type").asText());
            }
            metrics.add(metric);
        }
        return metrics;
    }

    private void rest() {
        dataSchema.properties().forEach(field -> {
            String name = field.getKey();
            if (name.equals("parser") && !field.getValue().isNull()) {
                notes.add(
                        ImportCode.NOT_EXPRESSIBLE,
                        pointer + "/parser",
                        "Druid no longer supports parsers",
                        "timestampSpec and dimensionsSpec in the dataSchema, and an inputFormat in the ioConfig",
                        "/schema");
            } else if (!PARTS.contains(name)
                    && !name.equals("dataSource")
                    && !field.getValue().isNull()) {
                notes.add(
                        ImportCode.LEFT_OUT,
                        pointer + "/" + name,
                        "A definition's schema cannot have '" + name + "'",
                        null,
                        "/schema");
            }
        });
    }

    private ObjectNode object(String name) {
        return dataSchema.get(name) instanceof ObjectNode object
                ? object.deepCopy()
                : JsonNodeFactory.instance.objectNode();
    }
}
