package sluice.upkeep.backfill;

import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/**
 * What a caller wants of a backfill. What is null has a default.
 *
 * @param cluster name of a cluster; all clusters of the definition if null
 * @param chunksPerRun most time chunks of a run; those of a day if null, and at least one
 * @param parallel most windows that are under way at once; 4 if null
 * @param order which end comes first; the newest if null
 * @param author identity of the caller
 * @param reason the author's words; null if not stated
 */
public record BackfillWish(
        String datasource,
        TimeChunk interval,
        @Nullable String cluster,
        @Nullable Integer chunksPerRun,
        @Nullable Integer parallel,
        @Nullable BackfillOrder order,
        boolean onlyMissing,
        String author,
        @Nullable String reason) {}
