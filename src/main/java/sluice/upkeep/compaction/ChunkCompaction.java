package sluice.upkeep.compaction;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import sluice.core.batch.TimeChunk;

/**
 * How far compaction after ingestion is with a time chunk, on all clusters of its datasource.
 *
 * @param definitionHash version of the definition that the rows were loaded by
 * @param state in a word
 * @param cluster the cluster that the state is about, or null where all are done
 * @param reason why, for a person
 * @param runId the compact run that was planned last, or null
 * @param since when it came into this state
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChunkCompaction(
        String datasource,
        TimeChunk chunk,
        String definitionHash,
        State state,
        String cluster,
        String reason,
        String runId,
        Instant since) {

    /** Where it stands. */
    public enum State {
        /** Something has to end first: a run, a task that holds the lock, the service of segments. */
        WAITING,
        /** A compact run has been planned and has not ended. */
        PLANNED,
        /** Compaction has failed on a cluster; it is tried again when the chunk's segments change. */
        STOPPED,
        /** Compacted on all clusters, as far as it pays. */
        DONE
    }

    static ChunkCompaction begun(String datasource, TimeChunk chunk, String definitionHash, Instant now) {
        return new ChunkCompaction(datasource, chunk, definitionHash, State.WAITING, null, "", null, now);
    }

    /** As it stands now; the time counts from when it came to stand so. */
    ChunkCompaction moved(State next, String nextCluster, String why, Instant now) {
        boolean same = next == state && Objects.equals(nextCluster, cluster);
        return new ChunkCompaction(
                datasource, chunk, definitionHash, next, nextCluster, why, runId, same ? since : now);
    }

    ChunkCompaction loadedBy(String hash) {
        return new ChunkCompaction(datasource, chunk, hash, state, cluster, reason, runId, since);
    }

    ChunkCompaction planned(String run, String nextCluster, String why, Instant now) {
        ChunkCompaction moved = moved(State.PLANNED, nextCluster, why, now);
        return new ChunkCompaction(datasource, chunk, definitionHash, moved.state, nextCluster, why, run, moved.since);
    }
}
