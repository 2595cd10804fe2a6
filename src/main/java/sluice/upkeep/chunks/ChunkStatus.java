package sluice.upkeep.chunks;

import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/**
 * What is known about one time chunk on one cluster.
 *
 * @param run id of the run that was planned last; null if none is known
 * @param runState label of that run's state; null if the table has removed the run
 * @param files number of files that the run loads into the chunk; null if unknown
 * @param contents what Druid holds; null if the cluster does not answer
 * @param isHeld whether a hold overlaps the chunk
 */
public record ChunkStatus(
        TimeChunk chunk,
        ChunkCondition condition,
        @Nullable String run,
        @Nullable String runState,
        @Nullable Long files,
        @Nullable SegmentTally contents,
        boolean isHeld) {}
