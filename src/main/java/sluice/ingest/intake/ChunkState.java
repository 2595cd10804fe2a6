package sluice.ingest.intake;

import java.time.Instant;
import java.util.List;

/**
 * What has gathered for a time chunk.
 *
 * @param generation counts the arrivals; a plan is valid only for the generation that it has seen
 * @param planned generation of the last plan
 * @param seen {@code <etag> <key>} of what arrived since, as far as it fits
 * @param lastEventAt the latest time that S3 named
 * @param waitingSince when the first arrival since the last plan was noted, or null
 * @param lastRun id of the run that was planned last, or null
 * @param ledgerRun id of the last run whose objects are all in the ledger, or null
 */
record ChunkState(
        long generation,
        long planned,
        List<String> seen,
        Instant lastEventAt,
        Instant waitingSince,
        String lastRun,
        String ledgerRun) {

    boolean isPlanned() {
        return planned >= generation;
    }
}
