package sluice.ingest.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.ingest.run.Run;

/**
 * What has gathered for a time chunk.
 *
 * @param generation counts the arrivals
 * @param planned generation of the last plan
 * @param seen {@code <etag> <key>} of objects that arrived since the last plan, noted by an earlier version of Sluice
 * @param lastEventAt the latest event time that S3 gave
 * @param waitingSince when the first arrival since the last plan was noted; null if there is none
 * @param lastRun id of the run that was planned last for what gathered; null if there is none
 * @param ledgerRun id of the last such run whose objects are all in the ledger; null if there is none
 * @param orderedRun id of a run that was ordered and whose objects may not all be in the ledger; null if there is none
 * @param plannedAt when a run was last planned or ordered, later each time; null if never. A plan is valid only if nobody has
 *     planned since its planner read the chunk
 * @param recentRuns ids of runs that were planned or ordered, the newest first; those that cannot matter any more are left out
 */
record ChunkState(
        long generation,
        long planned,
        List<String> seen,
        Instant lastEventAt,
        @Nullable Instant waitingSince,
        @Nullable String lastRun,
        @Nullable String ledgerRun,
        @Nullable String orderedRun,
        @Nullable Instant plannedAt,
        List<String> recentRuns) {

    private static final double SHARE_OF_AGE = 0.2;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    /** A chunk for which nothing has arrived and nothing was ordered. */
    static final ChunkState NEW =
            new ChunkState(0, 0, List.of(), Instant.EPOCH, null, null, null, null, null, List.of());

    ChunkState {
        seen = List.copyOf(seen);
        recentRuns = List.copyOf(recentRuns);
    }

    /** Returns the state after a run of it was stored, and written to the ledger. What gathers goes on waiting. */
    ChunkState after(Run run) {
        List<String> recent = new ArrayList<>(List.of(run.id()));
        recent.addAll(recentRuns);
        return new ChunkState(
                generation,
                planned,
                seen,
                lastEventAt,
                waitingSince,
                run.id(),
                run.id(),
                orderedRun,
                run.attemptPlannedAt(),
                recent);
    }

    /**
     * Returns a pause that grows with the time that the chunk has waited: a fifth of it, but never shorter than given, nor longer
     * than half an hour.
     */
    Duration pause(Instant now, Duration shortest) {
        Duration waited = waitingSince == null ? Duration.ZERO : Duration.between(waitingSince, now);
        Duration grown = Duration.ofMillis((long) (waited.toMillis() * SHARE_OF_AGE));
        Duration bounded = grown.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : grown;
        return bounded.compareTo(shortest) < 0 ? shortest : bounded;
    }

    boolean isPlanned() {
        return planned >= generation;
    }
}
