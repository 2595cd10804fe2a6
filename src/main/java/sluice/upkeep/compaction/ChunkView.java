package sluice.upkeep.compaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.RowTotals;
import sluice.platform.druid.TaskLock;

/** What a cluster says about a time chunk: segments, locks, rows. */
@ApplicationScoped
class ChunkView {

    /** Segments that serve any of the chunk. */
    ChunkContents contents(DruidCluster cluster, String datasource, TimeChunk chunk) {
        return new ChunkContents(chunk, cluster.servedSegments().within(datasource, chunk));
    }

    /** The end of the newest time chunk that has segments. */
    Optional<Instant> latest(DruidCluster cluster, String datasource) {
        return cluster.servedSegments().latestEnd(datasource);
    }

    /** A lock on some of the chunk; empty where no task has one. */
    Optional<TaskLock> lock(DruidCluster cluster, String datasource, TimeChunk chunk) {
        return cluster.tasks().locks(datasource).stream()
                .filter(lock -> lock.overlaps(chunk.start(), chunk.end()))
                .findFirst();
    }

    /** Rows of the chunk, and sums of its columns, as a query sees them. */
    CompactionInvariant measure(
            DruidCluster cluster, String datasource, TimeChunk chunk, boolean rolledUp, Collection<String> columns) {
        RowTotals totals = cluster.queries().totals(datasource, List.of(chunk), columns);
        return new CompactionInvariant(totals.rows(), rolledUp, totals.sums());
    }
}
