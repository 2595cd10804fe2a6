package sluice.core.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what rollup makes of the rows. */
final class RollupRules {
    private RollupRules() {}

    /** Druid rolls up unless told otherwise. */
    private static boolean rollsUp(SpecView spec) {
        SpecNode rollup = spec.granularitySpec().get("rollup");
        return (spec.isBatch() || spec.isStream())
                && spec.dataSchema().present()
                && (!rollup.present() || rollup.node().asBoolean(true));
    }

    static void counted(SpecView spec, FindingCollector findings) {
        if (rollsUp(spec) && spec.metrics().isEmpty() && !spec.dataSchema().has("projections")) {
            boolean said = spec.granularitySpec().has("rollup");
            findings.add(
                    ContractCode.ROLLUP_UNCOUNTED,
                    said ? spec.granularitySpec().get("rollup") : spec.dataSchema(),
                    "rollup is true" + (said ? "" : " by default") + ", and there are no metrics",
                    "rollup: false to keep every row, or a count among the metrics",
                    "set granularitySpec.rollup to false, or add {\"type\":\"count\",\"name\":\"count\"}");
        }
    }

    static void useful(SpecView spec, FindingCollector findings) {
        Set<String> dimensions = new HashSet<>();
        for (SpecNode dimension : spec.dimensions()) {
            String name = SpecView.dimensionName(dimension);
            if (name != null) {
                dimensions.add(name);
            }
        }
        if (!rollsUp(spec) || spec.metrics().isEmpty() || dimensions.isEmpty()) {
            return;
        }
        List<String> inputs = spec.metrics().stream()
                .map(metric -> metric.text("fieldName"))
                .filter(name -> name != null && !name.isEmpty())
                .toList();
        boolean everyInput = !inputs.isEmpty() && dimensions.containsAll(inputs);
        Set<String> columns = new HashSet<>(InputColumns.of(spec));
        columns.remove(String.valueOf(spec.timestampSpec().text("column")));
        boolean everyColumn = !columns.isEmpty() && dimensions.containsAll(columns);
        if (everyInput || everyColumn) {
            findings.add(
                    ContractCode.ROLLUP_USELESS,
                    spec.dimensionsSpec().get("dimensions"),
                    everyInput
                            ? "what the metrics read is also stored as dimensions: " + String.join(", ", inputs)
                            : "every column of the input is a dimension",
                    "only the dimensions by which rows are to be grouped, or rollup: false",
                    null);
        }
    }

    static void discovered(SpecView spec, FindingCollector findings) {
        SpecNode dimensions = spec.dimensionsSpec();
        boolean open = dimensions.isTrue("useSchemaDiscovery")
                || dimensions.isTrue("includeAllDimensions")
                || dimensions.present() && spec.dimensions().isEmpty();
        if (rollsUp(spec) && open) {
            findings.add(
                    ContractCode.ROLLUP_DISCOVERED,
                    dimensions,
                    "rollup is true, and the dimensions are discovered",
                    "a list of dimensions, or rollup: false",
                    null);
        }
    }

    /** A metric, dimension or timestamp of a column that the input does not have is empty, without a word. */
    static void declared(SpecView spec, FindingCollector findings) {
        Set<String> columns = InputColumns.of(spec);
        if (columns.isEmpty()) {
            return;
        }
        Set<String> known = new HashSet<>(columns);
        spec.dataSchema()
                .get("transformSpec")
                .get("transforms")
                .entries()
                .forEach(transform -> known.add(String.valueOf(transform.text("name"))));
        known.add("__time");
        for (SpecNode metric : spec.metrics()) {
            SpecNode aggregator = "filtered".equals(metric.type()) ? metric.get("aggregator") : metric;
            undeclared(aggregator.get("fieldName"), aggregator.text("fieldName"), known, findings);
        }
        for (SpecNode dimension : spec.dimensions()) {
            undeclared(dimension, SpecView.dimensionName(dimension), known, findings);
        }
        undeclared(spec.timestampSpec().get("column"), spec.timestampSpec().text("column"), known, findings);
    }

    private static void undeclared(
            SpecNode place, @Nullable String name, Set<String> known, FindingCollector findings) {
        if (name != null && !name.isEmpty() && !known.contains(name)) {
            String near = NearestWord.of(name, known);
            findings.add(
                    ContractCode.COLUMN_UNDECLARED,
                    place,
                    "the input has no column '" + name + "'",
                    "a column of the input, or the name of a transform",
                    near == null ? null : "did you mean '" + near + "'?");
        }
    }
}
