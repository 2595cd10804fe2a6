package sluice.upkeep.clusters;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.upkeep.clusters.ClusterContents.Held;

/**
 * Where the clusters of a datasource differ. A cluster that gives no answer is listed, but not compared.
 *
 * @param same whether all clusters have answered and none differs
 * @param chunks time chunks whose rows or segments differ, the newest first
 * @param columns columns that some clusters lack, or have with another type
 */
@RegisterForReflection
public record Comparison(
        boolean same, List<Total> clusters, List<ChunkDifference> chunks, List<ColumnDifference> columns) {

    /**
     * Totals of a cluster.
     *
     * @param problem why the contents are unknown; null if they are known
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Total(String cluster, @Nullable String problem, long chunks, Held held) {}

    /**
     * A time chunk that differs, by cluster.
     *
     * @param rowsDiffer whether numbers of rows differ; if not, only numbers of segments do
     * @param undecided why it may be the brokers alone that differ; null if it is the clusters
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ChunkDifference(
            String interval, boolean rowsDiffer, Map<String, Held> clusters, @Nullable String undecided) {

        ChunkDifference(String interval, boolean rowsDiffer, Map<String, Held> clusters) {
            this(interval, rowsDiffer, clusters, null);
        }

        ChunkDifference undecided(String why) {
            return new ChunkDifference(interval, rowsDiffer, clusters, why);
        }
    }

    Comparison with(List<ChunkDifference> checked) {
        return new Comparison(same, clusters, List.copyOf(checked), columns);
    }

    /** A column that differs: its type, by cluster. */
    @RegisterForReflection
    public record ColumnDifference(String column, Map<String, String> clusters) {}

    static Comparison of(List<ClusterContents> contents) {
        List<ClusterContents> known =
                contents.stream().filter(ClusterContents::isKnown).toList();
        List<ChunkDifference> chunks = chunks(known);
        List<ColumnDifference> columns = columns(known);
        List<Total> totals = contents.stream()
                .map(cluster -> new Total(
                        cluster.cluster(), cluster.problem(), cluster.chunks().size(), cluster.total()))
                .toList();
        boolean same = known.size() == contents.size() && chunks.isEmpty() && columns.isEmpty();
        return new Comparison(same, totals, chunks, columns);
    }

    private static List<ChunkDifference> chunks(List<ClusterContents> known) {
        List<ChunkDifference> differences = new ArrayList<>();
        for (String interval : names(known, cluster -> cluster.chunks().keySet())) {
            Map<String, Held> held = new TreeMap<>();
            known.forEach(
                    cluster -> held.put(cluster.cluster(), cluster.chunks().getOrDefault(interval, Held.NOTHING)));
            boolean rows = differ(held, Held::rows);
            if (rows || differ(held, Held::segments)) {
                differences.add(new ChunkDifference(interval, rows, held));
            }
        }
        differences.sort(Comparator.comparing(ChunkDifference::interval).reversed());
        return List.copyOf(differences);
    }

    private static List<ColumnDifference> columns(List<ClusterContents> known) {
        List<ColumnDifference> differences = new ArrayList<>();
        for (String column : names(known, cluster -> cluster.columns().keySet())) {
            Map<String, String> types = new TreeMap<>();
            known.stream()
                    .filter(cluster -> cluster.columns().containsKey(column))
                    .forEach(cluster ->
                            types.put(cluster.cluster(), cluster.columns().get(column)));
            if (types.size() < known.size() || new HashSet<>(types.values()).size() > 1) {
                differences.add(new ColumnDifference(column, types));
            }
        }
        return List.copyOf(differences);
    }

    private static boolean differ(Map<String, Held> held, Function<Held, Long> value) {
        return held.values().stream().map(value).distinct().count() > 1;
    }

    private static Set<String> names(List<ClusterContents> known, Function<ClusterContents, Set<String>> names) {
        Set<String> all = new TreeSet<>();
        known.forEach(cluster -> all.addAll(names.apply(cluster)));
        return all;
    }
}
