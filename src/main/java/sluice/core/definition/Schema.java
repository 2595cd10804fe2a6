package sluice.core.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One schema for batch and stream: the parts of Druid's dataSchema without the datasource, as the user wrote them (<a
 * href="https://druid.apache.org/docs/latest/ingestion/ingestion-spec#dataschema">dataSchema</a>).
 *
 * @param dataSchema {@code timestampSpec, dimensionsSpec, metricsSpec, granularitySpec, transformSpec, projections}
 * @param segmentGranularity length of a time chunk
 * @param queryGranularity Druid's value (a name or a granularity object) or the text {@code auto}
 * @param rollup whether rows are combined
 */
public record Schema(
        ObjectNode dataSchema, SegmentGranularity segmentGranularity, JsonNode queryGranularity, Rollup rollup) {

    /** The value that leaves a choice to Sluice. */
    public static final String AUTO = "auto";

    public Schema {
        dataSchema = dataSchema.deepCopy();
        Objects.requireNonNull(segmentGranularity, "segmentGranularity");
        queryGranularity = queryGranularity.deepCopy();
        Objects.requireNonNull(rollup, "rollup");
    }

    /** Returns a copy. */
    @Override
    public ObjectNode dataSchema() {
        return dataSchema.deepCopy();
    }

    public boolean queryGranularityIsAuto() {
        return queryGranularity.isTextual() && queryGranularity.textValue().equals(AUTO);
    }

    /** Returns Druid's timestampSpec; empty if absent (Druid then reads the column {@code timestamp}). */
    public ObjectNode timestampSpec() {
        return dataSchema.get("timestampSpec") instanceof ObjectNode spec
                ? spec.deepCopy()
                : JsonNodeFactory.instance.objectNode();
    }

    /** Returns true if the transformSpec leaves rows out. */
    public boolean hasFilter() {
        return dataSchema.at("/transformSpec/filter").isObject();
    }

    /** Returns true if there is at least one metric. Without metrics, rows cannot be aggregated. */
    public boolean hasMetrics() {
        return !dataSchema.path("metricsSpec").isEmpty();
    }
}
