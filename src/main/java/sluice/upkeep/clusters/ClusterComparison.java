package sluice.upkeep.clusters;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkHolding;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.upkeep.clusters.ClusterContents.Held;
import sluice.upkeep.clusters.Comparison.ChunkDifference;

/** Compares what the clusters of a datasource hold: rows and segments of each time chunk, columns and their types. */
@ApplicationScoped
public class ClusterComparison {

    /** Keeps the answer readable. */
    private static final int NEWEST_CHUNKS = 2_000;

    private final DruidClusters clusters;

    ClusterComparison(DruidClusters clusters) {
        this.clusters = clusters;
    }

    /** Compares the newest {@value #NEWEST_CHUNKS} time chunks of each cluster, by two queries per cluster. */
    public Comparison compare(String datasource, List<String> names) {
        return Comparison.of(names.stream()
                .map(name -> read(
                        name,
                        cluster -> new ClusterContents(
                                name,
                                null,
                                held(cluster.servedSegments().holdings(datasource, NEWEST_CHUNKS)),
                                cluster.queries().columns(datasource))))
                .toList());
    }

    /** Returns the numbers of rows of a time chunk on each cluster, for people; empty if they are equal. */
    public Optional<String> rowDifference(String datasource, List<String> names, TimeChunk chunk) {
        Comparison comparison = Comparison.of(names.stream()
                .map(name -> read(
                        name,
                        cluster -> new ClusterContents(
                                name,
                                null,
                                held(cluster.servedSegments().holdings(datasource, chunk, NEWEST_CHUNKS)),
                                Map.of())))
                .toList());
        return comparison.chunks().stream()
                .filter(ChunkDifference::rowsDiffer)
                .map(difference -> difference.clusters().entrySet().stream()
                        .map(held -> held.getKey() + " has " + held.getValue().rows() + " rows")
                        .collect(Collectors.joining(", ")))
                .findFirst();
    }

    private ClusterContents read(String name, Reader reader) {
        Optional<DruidCluster> cluster = clusters.find(name);
        if (cluster.isEmpty()) {
            return ClusterContents.unknown(name, "the environment has no such cluster");
        }
        try {
            return reader.read(cluster.get());
        } catch (DruidException exception) {
            return ClusterContents.unknown(name, String.valueOf(exception.getMessage()));
        }
    }

    private static Map<String, Held> held(List<ChunkHolding> holdings) {
        Map<String, Held> chunks = new TreeMap<>();
        holdings.forEach(holding ->
                chunks.put(holding.interval(), new Held(holding.segments(), holding.rows(), holding.bytes())));
        return chunks;
    }

    private interface Reader {
        ClusterContents read(DruidCluster cluster);
    }
}
