package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Edit;

/** Checks the dimensionsSpec, alone and against the metrics. */
final class DimensionRules {
    private static final Set<String> TYPES = Set.of("string", "long", "double", "float", "json", "auto");

    /** How metrics, filters and people call the name of a column. */
    private static final List<String> ALIASES =
            List.of("fieldName", "field", "column", "dimension", "dimName", "outputName");

    private DimensionRules() {}

    static void present(SpecView spec, FindingCollector findings) {
        SpecNode dataSchema = spec.dataSchema();
        SpecNode dimensions = spec.dimensionsSpec();
        boolean ingests = (spec.isBatch() || spec.isStream()) && dataSchema.present() && !dataSchema.has("parser");
        if (!ingests) {
            return;
        }
        if (!dimensions.present()) {
            boolean fails = spec.druid().equals("33");
            findings.add(
                    fails ? ContractCode.DIMENSIONS_MISSING : ContractCode.SCHEMALESS,
                    dataSchema,
                    "'dimensionsSpec' is missing",
                    "{\"dimensions\": [...]} or {\"useSchemaDiscovery\": true}",
                    null);
        } else if (spec.dimensions().isEmpty() && !dimensions.isTrue("useSchemaDiscovery")) {
            findings.add(
                    ContractCode.SCHEMALESS,
                    dimensions,
                    "no dimensions are listed",
                    "the dimensions, or useSchemaDiscovery: true for typed columns",
                    null);
        }
    }

    static void unique(SpecView spec, FindingCollector findings) {
        Set<String> names = new HashSet<>();
        List<String> metrics =
                spec.metrics().stream().map(metric -> metric.text("name")).toList();
        for (SpecNode dimension : spec.dimensions()) {
            String name = SpecView.dimensionName(dimension);
            if (name == null || name.isEmpty()) {
                if (dimension.node().isTextual() || dimension.node().isObject()) {
                    findings.add(
                            ContractCode.NAME_EMPTY,
                            dimension,
                            "the dimension has no name",
                            "a name",
                            turnedAround(dimension.node()));
                    mend(dimension, findings);
                }
            } else if (!names.add(name)) {
                findings.add(
                        ContractCode.DIMENSION_TWICE,
                        dimension,
                        "'" + name + "' occurs twice",
                        "each dimension once",
                        null);
            } else if (name.equals("__time") && !forcesOtherOrder(spec)) {
                findings.add(
                        ContractCode.TIME_COLUMN_NAME, dimension, "a dimension is named __time", "another name", null);
            } else if (metrics.contains(name)) {
                findings.add(
                        ContractCode.DIMENSION_IS_METRIC,
                        dimension,
                        "'" + name + "' is both a dimension and a metric",
                        "different names",
                        null);
            }
        }
    }

    private static void mend(SpecNode dimension, FindingCollector findings) {
        JsonNode right = rightWayRound(dimension.node());
        if (right != null) {
            findings.repair(ContractCode.NAME_EMPTY, dimension.pointer(), new Edit.Put(dimension.pointer(), right));
        }
    }

    static @Nullable String turnedAround(JsonNode dimension) {
        JsonNode right = rightWayRound(dimension);
        return right == null ? null : right.toString();
    }

    /**
     * Returns {@code {"type": ..., "name": ...}} for {@code {name: type}}, and for a name under a field that other parts of a
     * spec call it by; null for anything else.
     */
    private static @Nullable JsonNode rightWayRound(JsonNode dimension) {
        List<String> aliases = ALIASES.stream()
                .filter(alias -> dimension.path(alias).isTextual()
                        && !TYPES.contains(dimension.path(alias).textValue()))
                .toList();
        if (dimension instanceof ObjectNode object && !object.has("name") && aliases.size() == 1) {
            ObjectNode named = object.objectNode();
            object.properties()
                    .forEach(entry -> named.set(
                            entry.getKey().equals(aliases.get(0)) ? "name" : entry.getKey(), entry.getValue()));
            return named;
        }
        if (dimension.size() != 1 || !dimension.isObject() || dimension.has("name") || dimension.has("type")) {
            return null;
        }
        Map.Entry<String, JsonNode> only = dimension.properties().iterator().next();
        String type = only.getValue().isTextual()
                ? NearestWord.ofValue(only.getValue().textValue(), TYPES)
                : null;
        return type == null
                ? null
                : JsonNodeFactory.instance.objectNode().put("type", type).put("name", only.getKey());
    }

    /** Segments that are not sorted by time first list __time among the dimensions. */
    private static boolean forcesOtherOrder(SpecView spec) {
        SpecNode forced = spec.dimensionsSpec().get("forceSegmentSortByTime");
        return forced.present() && !forced.node().asBoolean(true);
    }

    static void excluded(SpecView spec, FindingCollector findings) {
        SpecNode dimensions = spec.dimensionsSpec();
        Set<String> names = new HashSet<>();
        spec.dimensions().forEach(dimension -> names.add(SpecView.dimensionName(dimension)));
        for (SpecNode exclusion : dimensions.get("dimensionExclusions").entries()) {
            if (names.contains(exclusion.node().asText())) {
                findings.add(
                        ContractCode.DIMENSION_EXCLUDED,
                        exclusion,
                        "'" + exclusion.node().asText() + "' is both a dimension and excluded",
                        "one of the two",
                        null);
            }
        }
    }

    static void timestamp(SpecView spec, FindingCollector findings) {
        String column = spec.timestampSpec().text("column");
        for (SpecNode dimension : spec.dimensions()) {
            if (column != null && column.equals(SpecView.dimensionName(dimension))) {
                findings.add(
                        ContractCode.DIMENSION_IS_TIMESTAMP,
                        dimension,
                        "'" + column + "' is the timestamp column",
                        "the time only in __time",
                        null);
            }
        }
    }
}
