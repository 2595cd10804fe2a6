package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Columns that have been seen in files, with the kind of their values.
 *
 * @param kinds by name of the column, as the inputFormat names it
 */
public record ObservedColumns(Map<String, ColumnKind> kinds) {

    public static final ObservedColumns NONE = new ObservedColumns(Map.of());

    private static final String TIME = "__time";
    /** A column that no file has: the sampler asks for one, and the time is then a column like the others. */
    private static final String ABSENT = "!!no such column!!";

    public ObservedColumns {
        kinds = Map.copyOf(kinds);
    }

    /**
     * Turns a request to Druid's sampler into one that shows every column of the input as it is: no transforms, no
     * rollup, and the dimensions left to Druid's schema discovery.
     *
     * @param request as {@link sluice.core.spec.SamplerRequest} makes it
     */
    static ObjectNode discovery(ObjectNode request) {
        ObjectNode discovery = request.deepCopy();
        ObjectNode dataSchema = discovery.withObject("/spec/dataSchema");
        dataSchema.remove("transformSpec");
        dataSchema.remove("projections");
        dataSchema.putArray("metricsSpec");
        dataSchema.putObject("dimensionsSpec").put("useSchemaDiscovery", true);
        dataSchema.putObject("timestampSpec").put("column", ABSENT).put("missingValue", "2000-01-01T00:00:00Z");
        ObjectNode granularity = dataSchema.withObject("/granularitySpec").put("rollup", false);
        granularity.remove("intervals");
        return discovery;
    }

    /** The columns of a sampler's answer to a request of {@link #discovery}. */
    static ObservedColumns of(JsonNode answer) {
        Map<String, ColumnKind> kinds = new TreeMap<>();
        for (JsonNode row : answer.path("data")) {
            row.path("parsed").properties().forEach(column -> {
                if (!column.getKey().equals(TIME)) {
                    kinds.merge(column.getKey(), ColumnKind.of(column.getValue()), ColumnKind::with);
                }
            });
        }
        return new ObservedColumns(kinds);
    }

    /** The columns of both. */
    public ObservedColumns and(ObservedColumns other) {
        Map<String, ColumnKind> all = new TreeMap<>(kinds);
        other.kinds.forEach((name, kind) -> all.merge(name, kind, ColumnKind::with));
        return new ObservedColumns(all);
    }

    boolean isEmpty() {
        return kinds.isEmpty();
    }

    boolean has(String name) {
        return kinds.containsKey(name);
    }

    ColumnKind kind(String name) {
        return kinds.getOrDefault(name, ColumnKind.UNKNOWN);
    }

    /** Names that are in none of the collections, in order. */
    TreeSet<String> without(Collection<String> some, Collection<String> more) {
        TreeSet<String> names = new TreeSet<>(kinds.keySet());
        names.removeAll(some);
        names.removeAll(more);
        return names;
    }
}
