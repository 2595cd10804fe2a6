package sluice.upkeep.compaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.RowTotals;

/** Reads segments, locks and rows of a time chunk from a cluster. */
@ApplicationScoped
class ChunkView {

    /** Returns the segments that serve any part of the chunk. */
    ChunkContents contents(DruidCluster cluster, String datasource, TimeChunk chunk) {
        return new ChunkContents(chunk, cluster.servedSegments().within(datasource, chunk));
    }

    /** Returns the end of the newest time chunk that has segments. */
    Optional<Instant> latest(DruidCluster cluster, String datasource) {
        return cluster.servedSegments().latestEnd(datasource);
    }

    /** Returns rows of the chunk and sums of columns, as queries see them. */
    CompactionInvariant measure(
            DruidCluster cluster, String datasource, TimeChunk chunk, boolean rolledUp, Collection<String> columns) {
        RowTotals totals = cluster.queries().totals(datasource, List.of(chunk), columns);
        return new CompactionInvariant(totals.rows(), rolledUp, totals.sums());
    }
}
