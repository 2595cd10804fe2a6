package sluice.upkeep.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;

/**
 * What a backfill loads, and how.
 *
 * @param datasource Druid's datasource
 * @param clusters names of the clusters, at least one
 * @param interval whole time chunks
 * @param granularity length of a time chunk
 * @param chunksPerRun most time chunks of a run
 * @param parallel most windows that are under way at once
 * @param order which end of the interval comes first
 * @param onlyMissing whether time chunks are left out that Druid has segments of, that load already, or that have expired
 * @param author identity of the caller
 * @param reason the author's words; null if not stated
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackfillRequest(
        String datasource,
        List<String> clusters,
        TimeChunk interval,
        SegmentGranularity granularity,
        int chunksPerRun,
        int parallel,
        BackfillOrder order,
        boolean onlyMissing,
        String author,
        @Nullable String reason) {

    /** A backfill of a later version of Sluice may have more. */
    public static final int MOST_PARALLEL = 20;

    /** Most time chunks of a backfill: eleven years of hours. */
    public static final int MOST_CHUNKS = 100_000;

    public BackfillRequest {
        clusters = List.copyOf(clusters);
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("a backfill needs a cluster");
        }
        if (chunksPerRun < 1 || parallel < 1 || parallel > MOST_PARALLEL) {
            throw new IllegalArgumentException("a backfill of " + datasource + " has " + chunksPerRun
                    + " time chunks per run and " + parallel + " windows in parallel");
        }
    }
}
