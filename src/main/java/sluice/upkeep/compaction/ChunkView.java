package sluice.upkeep.compaction;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SqlQuery;
import sluice.platform.druid.TaskLock;

/** What a cluster says about a time chunk: segments, locks, rows. */
@ApplicationScoped
class ChunkView {

    /** Segments that serve any of the chunk, in one query for the chunk alone (apache/druid #16392). */
    ChunkContents contents(DruidCluster cluster, String datasource, TimeChunk chunk) {
        String[] bounds = chunk.interval().split("/");
        // Druid writes the times of segments in one form, whose order as text is that of time.
        SqlQuery query = SqlQuery.of("SELECT " + ChunkSegment.COLUMNS + " FROM sys.segments WHERE \"datasource\" = ?"
                        + " AND \"is_active\" = 1 AND \"start\" < ? AND \"end\" > ?")
                .with(datasource)
                .with(bounds[1])
                .with(bounds[0]);
        return new ChunkContents(
                chunk, cluster.query(query).stream().map(ChunkSegment::of).toList());
    }

    /** The end of the newest time chunk that has segments. */
    Optional<Instant> latest(DruidCluster cluster, String datasource) {
        // Druid 33 fails on MAX of a text in a system table.
        SqlQuery query = SqlQuery.of("SELECT \"end\" AS \"latest\" FROM sys.segments WHERE \"datasource\" = ?"
                        + " AND \"is_active\" = 1 ORDER BY \"end\" DESC LIMIT 1")
                .with(datasource);
        return cluster.query(query).stream()
                .map(row -> row.path("latest").asText(null))
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .findFirst();
    }

    /** A lock on some of the chunk; nothing where no task has one. */
    Optional<TaskLock> lock(DruidCluster cluster, String datasource, TimeChunk chunk) {
        return cluster.segmentCatalog().locks(datasource).stream()
                .filter(lock -> lock.overlaps(chunk.start(), chunk.end()))
                .findFirst();
    }

    /** Rows of the chunk, and sums of its columns, as a query sees them. */
    CompactionInvariant measure(
            DruidCluster cluster, String datasource, TimeChunk chunk, boolean rolledUp, Collection<String> columns) {
        List<String> names = List.copyOf(columns);
        List<String> sums = new ArrayList<>();
        for (int index = 0; index < names.size(); index++) {
            sums.add(", SUM(" + SqlQuery.identifier(names.get(index)) + ") AS \"sum" + index + "\"");
        }
        JsonNode row = cluster.query(SqlQuery.of("SELECT COUNT(*) AS \"stored\"" + String.join("", sums) + " FROM "
                        + SqlQuery.identifier(datasource) + " WHERE \"__time\" >= MILLIS_TO_TIMESTAMP("
                        + chunk.start().toEpochMilli() + ") AND \"__time\" < MILLIS_TO_TIMESTAMP("
                        + chunk.end().toEpochMilli() + ")"))
                .get(0);
        Map<String, BigDecimal> measured = new TreeMap<>();
        for (int index = 0; index < names.size(); index++) {
            measured.put(names.get(index), row.path("sum" + index).decimalValue());
        }
        return new CompactionInvariant(row.path("stored").asLong(), rolledUp, measured);
    }
}
