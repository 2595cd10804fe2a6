package sluice.upkeep.compaction;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/**
 * State of compaction after ingestion of a time chunk, on all clusters of its datasource.
 *
 * @param definitionHash version of the definition by which the rows were loaded
 * @param cluster the cluster that the state is about; null if all are done, or before the first check
 * @param reason why, for people
 * @param runId the compact run that was planned last; null if there was none
 * @param since when the chunk came into this state
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChunkCompaction(
        String datasource,
        TimeChunk chunk,
        String definitionHash,
        State state,
        @Nullable String cluster,
        String reason,
        @Nullable String runId,
        Instant since) {

    /** States. */
    public enum State {
        /** Waits for something to end: a run, a task that holds the lock, or the loading of segments. */
        WAITING,
        /** A compact run is planned and has not ended. */
        PLANNED,
        /** Compaction has failed on a cluster. Sluice tries again when the chunk's segments change. */
        STOPPED,
        /** Compacted on all clusters, where it pays. */
        DONE
    }

    static ChunkCompaction begun(String datasource, TimeChunk chunk, String definitionHash, Instant now) {
        return new ChunkCompaction(datasource, chunk, definitionHash, State.WAITING, null, "", null, now);
    }

    /** Returns the new state. {@code since} stays if state and cluster do. */
    ChunkCompaction moved(State next, @Nullable String nextCluster, String why, Instant now) {
        boolean same = next == state && Objects.equals(nextCluster, cluster);
        return new ChunkCompaction(
                datasource, chunk, definitionHash, next, nextCluster, why, runId, same ? since : now);
    }

    /**
     * Returns the state after a load. What was decided before the load says nothing about its rows, so it begins anew. A repeated
     * event of an earlier load changes nothing.
     *
     * @param loadedAt when the load's rows became available
     */
    ChunkCompaction loadedBy(String hash, Instant loadedAt) {
        return !isLive() && loadedAt.isAfter(since)
                ? new ChunkCompaction(datasource, chunk, hash, State.WAITING, null, "", runId, loadedAt)
                : new ChunkCompaction(datasource, chunk, hash, state, cluster, reason, runId, since);
    }

    /** Returns true if there is something to do or to wait for. */
    boolean isLive() {
        return state == State.WAITING || state == State.PLANNED;
    }

    ChunkCompaction withoutRun() {
        return new ChunkCompaction(datasource, chunk, definitionHash, state, cluster, reason, null, since);
    }

    ChunkCompaction planned(String run, String nextCluster, String why, Instant now) {
        ChunkCompaction moved = moved(State.PLANNED, nextCluster, why, now);
        return new ChunkCompaction(datasource, chunk, definitionHash, moved.state, nextCluster, why, run, moved.since);
    }
}
