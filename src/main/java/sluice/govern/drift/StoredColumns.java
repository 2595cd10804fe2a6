package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.TreeMap;
import sluice.core.definition.Definition;

/** Lists the columns that a definition stores, as Druid's SQL shows them. */
final class StoredColumns {

    private StoredColumns() {}

    /**
     * A stored column.
     *
     * @param type {@code STRING}, {@code LONG}, {@code FLOAT}, {@code DOUBLE}, {@code COMPLEX<...>}; {@code AUTO} if
     *     Druid discovers it
     * @param pointer place in the definition, as a JSON Pointer
     */
    record Column(String type, String pointer) {}

    /** Returns the columns by name, without {@code __time}. */
    static TreeMap<String, Column> of(Definition definition) {
        TreeMap<String, Column> columns = new TreeMap<>();
        JsonNode schema = definition.document().path("schema");
        JsonNode dimensions = schema.at("/dimensionsSpec/dimensions");
        for (int index = 0; index < dimensions.size(); index++) {
            JsonNode dimension = dimensions.get(index);
            String name = dimension.isTextual()
                    ? dimension.textValue()
                    : dimension.path("name").asText();
            columns.put(
                    name,
                    new Column(
                            dimension(dimension.path("type").asText("string")),
                            "/schema/dimensionsSpec/dimensions/" + index));
        }
        JsonNode metrics = schema.path("metricsSpec");
        for (int index = 0; index < metrics.size(); index++) {
            columns.put(
                    metrics.get(index).path("name").asText(),
                    new Column(metric(metrics.get(index)), "/schema/metricsSpec/" + index));
        }
        return columns;
    }

    private static String dimension(String type) {
        return type.equals("json") ? "COMPLEX<json>" : type.toUpperCase(Locale.ROOT);
    }

    private static String metric(JsonNode metric) {
        String type = metric.path("type").asText();
        if (type.equals("count") || type.startsWith("long")) {
            return "LONG";
        }
        if (type.startsWith("double")) {
            return "DOUBLE";
        }
        if (type.startsWith("float")) {
            return "FLOAT";
        }
        return type.equals("filtered") ? metric(metric.path("aggregator")) : "COMPLEX<" + type + ">";
    }
}
