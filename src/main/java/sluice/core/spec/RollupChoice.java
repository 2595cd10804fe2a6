package sluice.core.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import sluice.core.definition.Definition;
import sluice.core.definition.Rollup;
import sluice.core.definition.Schema;
import sluice.core.definition.SegmentGranularity;
import sluice.core.spec.SpecHints.History;

/**
 * Whether rows are rolled up, and to what granularity.
 *
 * <p>The rule for what the definition leaves to {@code auto}:
 *
 * <ul>
 *   <li>The ratio of a granularity (rows stored per row read) is the one that earlier runs measured on all of their
 *       data, otherwise that of the sampler.
 *   <li>{@code queryGranularity: auto} is the finest granularity, not coarser than segmentGranularity, that at least
 *       halves the rows. If there is none, it is the finest that saves a fifth of them; failing that, {@code NONE}.
 *       Without measurements it is {@code MINUTE}, or segmentGranularity if that is finer. Without rollup it is {@code
 *       NONE}, because truncated times would gain nothing.
 *   <li>{@code rollup: auto} is true if that granularity saves at least a fifth of the rows. Without measurements it is
 *       true if there are metrics. Without metrics it is false: equal rows would vanish uncounted.
 * </ul>
 *
 * @param rollup Druid's rollup
 * @param queryGranularity Druid's queryGranularity, a name or an object
 * @param ratio expected rows stored per row read; empty without measurements
 * @param reason explains the choice in a sentence
 */
record RollupChoice(boolean rollup, JsonNode queryGranularity, OptionalDouble ratio, String reason) {

    static final double HALF = 0.5;
    static final double WORTH_IT = 0.8;

    private static final String NONE = "NONE";

    /** From the finest to the coarsest. */
    private static final Comparator<String> FINEST_FIRST = Comparator.comparing(RollupChoice::rank);

    /**
     * Returns the choice for a definition. With a stream, measurements do not count: they would change the supervisor's
     * spec and so restart it, and batch and stream must agree.
     */
    static RollupChoice of(Definition definition, SpecHints hints) {
        return of(definition.schema(), definition.stream().isEmpty() ? hints : SpecHints.NONE);
    }

    static RollupChoice of(Schema schema, SpecHints hints) {
        Map<String, Double> ratios = ratios(schema, hints);
        return switch (schema.rollup()) {
            case OFF -> withoutRollup(schema, "the definition says rollup: false");
            case ON -> withRollup(schema, ratios);
            case AUTO -> {
                if (!schema.hasMetrics()) {
                    yield withoutRollup(schema, "there are no metrics to combine");
                }
                RollupChoice rolledUp = withRollup(schema, ratios);
                boolean tooLittle = ratios.isEmpty() ? false : rolledUp.ratio.orElse(WORTH_IT) > WORTH_IT;
                yield tooLittle ? withoutRollup(schema, "rollup would save less than a fifth of the rows") : rolledUp;
            }
        };
    }

    /** Returns true if the schema leaves anything to decide. */
    static boolean isOpen(Schema schema) {
        return schema.rollup() == Rollup.AUTO || schema.queryGranularityIsAuto();
    }

    /** Returns Druid's dataSchema of the definition, without intervals. */
    ObjectNode dataSchema(Definition definition) {
        ObjectNode dataSchema = definition.schema().dataSchema();
        dataSchema.put("dataSource", definition.datasource());
        ObjectNode granularity = dataSchema.putObject("granularitySpec");
        granularity.put("type", "uniform");
        granularity.put(
                "segmentGranularity", definition.schema().segmentGranularity().name());
        granularity.set("queryGranularity", queryGranularity);
        granularity.put("rollup", rollup);
        return dataSchema;
    }

    private static RollupChoice withoutRollup(Schema schema, String reason) {
        JsonNode granularity = schema.queryGranularityIsAuto() ? text(NONE) : schema.queryGranularity();
        return new RollupChoice(false, granularity, OptionalDouble.of(1), reason);
    }

    private static RollupChoice withRollup(Schema schema, Map<String, Double> ratios) {
        if (!schema.queryGranularityIsAuto()) {
            Double ratio = ratios.get(schema.queryGranularity().asText());
            OptionalDouble known = ratio == null ? OptionalDouble.empty() : OptionalDouble.of(ratio);
            return new RollupChoice(true, schema.queryGranularity(), known, reason(known));
        }
        if (ratios.isEmpty()) {
            SegmentGranularity finer = schema.segmentGranularity().compareTo(SegmentGranularity.MINUTE) < 0
                    ? schema.segmentGranularity()
                    : SegmentGranularity.MINUTE;
            return new RollupChoice(true, text(finer.name()), OptionalDouble.empty(), "nothing was measured yet");
        }
        String name = finest(ratios, ratio -> ratio <= HALF, finest(ratios, ratio -> ratio <= WORTH_IT, NONE));
        OptionalDouble ratio = OptionalDouble.of(ratios.getOrDefault(name, 1.0));
        return new RollupChoice(true, text(name), ratio, reason(ratio));
    }

    private static String finest(Map<String, Double> ratios, DoublePredicate wanted, String fallback) {
        return ratios.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .min(FINEST_FIRST)
                .orElse(fallback);
    }

    private static Map<String, Double> ratios(Schema schema, SpecHints hints) {
        Map<String, Double> ratios = new TreeMap<>(hints.rollupRatios());
        History history = hints.history();
        if (history != null && history.queryGranularity() != null) {
            double ratio = Math.min(1.0, (double) history.rowsStored() / history.rowsRead());
            ratios.put(history.queryGranularity().toUpperCase(Locale.ROOT), ratio);
        }
        ratios.keySet()
                .removeIf(name -> rank(name) > schema.segmentGranularity().ordinal());
        return ratios;
    }

    private static int rank(String granularity) {
        return SegmentGranularity.ofName(granularity).map(Enum::ordinal).orElse(granularity.equals("ALL") ? 99 : -1);
    }

    private static String reason(OptionalDouble ratio) {
        return ratio.isEmpty()
                ? "nothing was measured yet"
                : String.format(Locale.ROOT, "%.2f rows are stored per row read", ratio.getAsDouble());
    }

    private static JsonNode text(String name) {
        return JsonNodeFactory.instance.textNode(name);
    }
}
