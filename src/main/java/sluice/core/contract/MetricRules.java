package sluice.core.contract;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks the metricsSpec. */
final class MetricRules {
    private static final Set<String> SIMPLE = Set.of(
            "longSum", "longMin", "longMax", "doubleSum", "doubleMin", "doubleMax", "floatSum", "floatMin", "floatMax");

    /** Aggregators that build a sketch from raw values, and those that merge such sketches. */
    private static final Map<String, String> MERGED_BY = Map.of(
            "HLLSketchBuild", "HLLSketchMerge", "approxHistogram", "approxHistogramFold", "variance", "varianceFold");

    private MetricRules() {}

    static void unique(SpecView spec, FindingCollector findings) {
        Set<String> names = new HashSet<>();
        for (SpecNode metric : spec.metrics()) {
            String name = metric.text("name");
            boolean unnamed = metric.node().isObject() && !metric.has("name") && !"filtered".equals(metric.type());
            if (unnamed || name != null && name.isEmpty()) {
                findings.add(ContractCode.NAME_EMPTY, metric, "the metric has no name", "a name", null);
            } else if (name != null && !names.add(name)) {
                findings.add(
                        ContractCode.METRIC_TWICE, metric, "'" + name + "' occurs twice", "each metric once", null);
            } else if ("__time".equals(name)) {
                findings.add(ContractCode.TIME_COLUMN_NAME, metric, "a metric is named __time", "another name", null);
            }
        }
    }

    static void input(SpecView spec, FindingCollector findings) {
        for (SpecNode metric : spec.metrics()) {
            checkInput(metric, findings);
        }
    }

    private static void checkInput(SpecNode metric, FindingCollector findings) {
        if ("filtered".equals(metric.type())) {
            checkInput(metric.get("aggregator"), findings);
        } else if (metric.type() != null
                && SIMPLE.contains(metric.type())
                && metric.has("fieldName") == metric.has("expression")) {
            findings.add(
                    ContractCode.METRIC_INPUT,
                    metric,
                    metric.has("fieldName")
                            ? "the metric has both fieldName and expression"
                            : "the metric has no fieldName",
                    "a fieldName or an expression",
                    null);
        }
    }

    static void readsMetric(SpecView spec, FindingCollector findings) {
        if (rereads(spec)) {
            return;
        }
        Set<String> names = new HashSet<>();
        spec.metrics().forEach(metric -> names.add(metric.text("name")));
        for (SpecNode metric : spec.metrics()) {
            String field = metric.text("fieldName");
            if (field != null && names.contains(field) && !field.equals(metric.text("name"))) {
                findings.add(
                        ContractCode.METRIC_READS_METRIC,
                        metric,
                        "'" + field + "' is the name of a metric",
                        "the name of an input field",
                        null);
            }
        }
    }

    static void rolledUpAgain(SpecView spec, FindingCollector findings) {
        if (!rereads(spec)) {
            return;
        }
        for (SpecNode metric : spec.metrics()) {
            String type = String.valueOf(metric.type());
            String field = metric.text("fieldName");
            if (type.equals("count")) {
                findings.add(
                        ContractCode.COUNT_AGAIN,
                        metric,
                        "count reads data that is already in Druid",
                        "{\"type\": \"longSum\", \"fieldName\": <the earlier count>}",
                        null);
            } else if (MERGED_BY.containsKey(type)) {
                findings.add(
                        ContractCode.NOT_COMBINING,
                        metric,
                        type + " reads raw values, not sketches",
                        MERGED_BY.get(type),
                        null);
            } else if (spec.isCompaction() && field != null && !field.equals(metric.text("name"))) {
                findings.add(
                        ContractCode.NOT_COMBINING,
                        metric,
                        "'" + metric.text("name") + "' reads '" + field + "'",
                        "a metric that reads its own column",
                        null);
            }
        }
    }

    /** Returns true if the spec reads data from Druid, so that its metrics meet rows that are already rolled up. */
    private static boolean rereads(SpecView spec) {
        return spec.isCompaction()
                || "druid".equals(spec.ioConfig().get("inputSource").type());
    }

    static void sketchSize(SpecView spec, FindingCollector findings) {
        for (SpecNode metric : spec.metrics()) {
            long size = metric.node().path("size").asLong();
            if ("thetaSketch".equals(metric.type()) && size > 0 && Long.bitCount(size) != 1) {
                findings.add(
                        ContractCode.SKETCH_SIZE,
                        metric.get("size"),
                        size + " is not a power of two",
                        "for example 4096 or 16384",
                        Long.toString(Long.highestOneBit(size)));
            }
        }
    }

    static void withoutRollup(SpecView spec, FindingCollector findings) {
        SpecNode rollup = spec.granularitySpec().get("rollup");
        if (rollup.present()
                && !rollup.node().asBoolean(true)
                && !spec.metrics().isEmpty()
                && !spec.isCompaction()) {
            findings.add(
                    ContractCode.ROLLUP_OFF_WITH_METRICS,
                    spec.dataSchema().get("metricsSpec"),
                    "there are metrics, but rollup is false",
                    "dimensions, or rollup: true",
                    null);
        }
    }
}
