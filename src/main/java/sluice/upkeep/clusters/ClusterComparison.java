package sluice.upkeep.clusters;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.SqlQuery;
import sluice.upkeep.clusters.ClusterContents.Held;
import sluice.upkeep.clusters.Comparison.ChunkDifference;

/** Compares what the clusters of a datasource have: rows and segments of each time chunk, columns and their types. */
@ApplicationScoped
public class ClusterComparison {

    /** Two queries a cluster, and an answer that stays readable. */
    private static final int NEWEST_CHUNKS = 2_000;

    private static final String HELD =
            "SELECT \"start\", \"end\", COUNT(*) AS \"segments\", SUM(\"num_rows\") AS \"stored\","
                    + " SUM(\"size\") AS \"bytes\" FROM sys.segments WHERE \"datasource\" = ? AND \"is_active\" = 1"
                    + " AND \"is_published\" = 1";
    private static final String BY_CHUNK =
            " GROUP BY \"start\", \"end\" ORDER BY \"start\" DESC LIMIT " + NEWEST_CHUNKS;

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
                                held(cluster, SqlQuery.of(HELD + BY_CHUNK).with(datasource)),
                                columns(cluster, datasource))))
                .toList());
    }

    /** In which number of rows the clusters differ about one time chunk, for a person; nothing where they do not. */
    public Optional<String> rowDifference(String datasource, List<String> names, TimeChunk chunk) {
        String[] bounds = chunk.interval().split("/");
        SqlQuery query = SqlQuery.of(HELD + " AND \"start\" >= ? AND \"end\" <= ?" + BY_CHUNK)
                .with(datasource)
                .with(bounds[0])
                .with(bounds[1]);
        Comparison comparison = Comparison.of(names.stream()
                .map(name -> read(name, cluster -> new ClusterContents(name, null, held(cluster, query), Map.of())))
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

    private static Map<String, Held> held(DruidCluster cluster, SqlQuery query) {
        Map<String, Held> chunks = new TreeMap<>();
        for (JsonNode row : cluster.query(query)) {
            chunks.put(
                    row.path("start").asText() + "/" + row.path("end").asText(),
                    new Held(
                            row.path("segments").asLong(),
                            row.path("stored").asLong(),
                            row.path("bytes").asLong()));
        }
        return chunks;
    }

    private static Map<String, String> columns(DruidCluster cluster, String datasource) {
        Map<String, String> columns = new TreeMap<>();
        SqlQuery query = SqlQuery.of("SELECT \"COLUMN_NAME\", \"DATA_TYPE\" FROM INFORMATION_SCHEMA.COLUMNS"
                        + " WHERE \"TABLE_SCHEMA\" = 'druid' AND \"TABLE_NAME\" = ?")
                .with(datasource);
        cluster.query(query)
                .forEach(row -> columns.put(
                        row.path("COLUMN_NAME").asText(), row.path("DATA_TYPE").asText()));
        return columns;
    }

    private interface Reader {
        ClusterContents read(DruidCluster cluster);
    }
}
