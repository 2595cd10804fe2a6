package sluice.upkeep.clusters;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.BrokerView;
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

    /** The newest chunks are those that brokers may not know yet. */
    private static final int CHECKED = 20;

    private final DruidClusters clusters;

    ClusterComparison(DruidClusters clusters) {
        this.clusters = clusters;
    }

    /** Compares the newest {@value #NEWEST_CHUNKS} time chunks of each cluster, by two queries per cluster. */
    public Comparison compare(String datasource, List<String> names) {
        Comparison comparison = Comparison.of(names.stream()
                .map(name -> read(
                        name,
                        cluster -> new ClusterContents(
                                name,
                                null,
                                held(cluster.servedSegments().holdings(datasource, NEWEST_CHUNKS)),
                                cluster.queries().columns(datasource))))
                .toList());
        return comparison.with(Stream.concat(
                        comparison.chunks().stream().limit(CHECKED).map(chunk -> checked(datasource, chunk)),
                        comparison.chunks().stream().skip(CHECKED))
                .toList());
    }

    /** Whether brokers know the chunk's segments is worth a look only where something differs. */
    private ChunkDifference checked(String datasource, ChunkDifference chunk) {
        return chunk.clusters().keySet().stream()
                .map(name -> behind(datasource, name, chunk.interval()))
                .flatMap(Optional::stream)
                .findFirst()
                .map(chunk::undecided)
                .orElse(chunk);
    }

    private Optional<String> behind(String datasource, String name, String interval) {
        try {
            return clusters.find(name)
                    .flatMap(cluster -> BrokerView.behindWithin(cluster, datasource, List.of(interval)))
                    .map(why -> "cluster " + name + ": " + why);
        } catch (DruidException exception) {
            return Optional.of(String.valueOf(exception.getMessage()));
        }
    }

    /** Returns the numbers of rows of a time chunk on each cluster, for people; empty if they are equal. */
    public Optional<String> rowDifference(String datasource, List<String> names, TimeChunk chunk) {
        Comparison comparison = Comparison.of(names.stream()
                .map(name -> read(name, cluster -> behind(datasource, name, chunk.interval())
                        .map(why -> ClusterContents.unknown(name, why))
                        .orElseGet(() -> new ClusterContents(
                                name,
                                null,
                                held(cluster.servedSegments().holdings(datasource, chunk, NEWEST_CHUNKS)),
                                Map.of()))))
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
