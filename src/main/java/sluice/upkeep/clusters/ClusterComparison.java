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

/** Compares what the clusters of a datasource have: rows and segments of each time chunk, columns and their types. */
@ApplicationScoped
public class ClusterComparison {

    /** Two queries a cluster, and an answer that stays readable. */
    private static final int NEWEST_CHUNKS = 2_000;

    private final DruidClusters clusters;

    ClusterComparison(DruidClusters clusters) {
        this.clusters = clusters;
    }

    /** Compares the newest {@value #NEWEST_CHUNKS} time chunks of each cluster. */
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

    /** In which number of rows the clusters differ about one time chunk, for a person; nothing where they do not. */
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
            return ClusterContents.unknown(name, exception.getMessage());
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
