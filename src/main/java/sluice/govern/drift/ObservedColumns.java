package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The columns of files, with the kinds of their values.
 *
 * @param kinds kinds by the column's name in the inputFormat
 */
public record ObservedColumns(Map<String, ColumnKind> kinds) {

    public static final ObservedColumns NONE = new ObservedColumns(Map.of());

    private static final String TIME = "__time";
    /** A column that no file has. The sampler needs a timestamp column; with this one, time is a column like the others. */
    private static final String ABSENT = "!!no such column!!";

    public ObservedColumns {
        kinds = Map.copyOf(kinds);
    }

    /**
     * Returns a sampler request that shows every input column as it is: without transforms and rollup, with Druid's schema
     * discovery.
     *
     * @param request a request of {@link sluice.core.spec.SamplerRequest}
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

    /** Reads the columns from the sampler's response to a {@link #discovery} request. */
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

    /** Returns the columns of both. */
    public ObservedColumns and(ObservedColumns other) {
        Map<String, ColumnKind> all = new TreeMap<>(kinds);
        other.kinds.forEach((name, kind) -> all.merge(name, kind, ColumnKind::with));
        return new ObservedColumns(all);
    }

    /** Returns the kinds that the columns are stored as. */
    ObservedColumns stored() {
        Map<String, ColumnKind> stored = new TreeMap<>();
        kinds.forEach((name, kind) -> stored.put(name, kind.stored()));
        return new ObservedColumns(stored);
    }

    /** Returns all but some columns. */
    ObservedColumns without(Set<String> names) {
        Map<String, ColumnKind> rest = new TreeMap<>(kinds);
        rest.keySet().removeAll(names);
        return new ObservedColumns(rest);
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

    /** Returns the sorted names that are in neither collection. */
    TreeSet<String> without(Collection<String> some, Collection<String> more) {
        TreeSet<String> names = new TreeSet<>(kinds.keySet());
        names.removeAll(some);
        names.removeAll(more);
        return names;
    }
}
