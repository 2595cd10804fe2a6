package sluice.ingest.intake;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has gathered for a time chunk.
 *
 * @param generation counts the arrivals; a plan is valid only for the generation that its planner read
 * @param planned generation of the last plan
 * @param seen {@code <etag> <key>} of the objects that arrived since the last plan, as many as fit
 * @param lastEventAt the latest event time that S3 gave
 * @param waitingSince when the first arrival since the last plan was noted; null if there is none
 * @param lastRun id of the run that was planned last; null if there is none
 * @param ledgerRun id of the last run whose objects are all in the ledger; null if there is none
 */
record ChunkState(
        long generation,
        long planned,
        List<String> seen,
        Instant lastEventAt,
        @Nullable Instant waitingSince,
        @Nullable String lastRun,
        @Nullable String ledgerRun) {

    boolean isPlanned() {
        return planned >= generation;
    }
}
