package sluice.upkeep.retention;

import java.util.Optional;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.ingest.hold.Hold;
import sluice.upkeep.retention.Refusal.Code;

/** Decides whether a sweep must leave a time chunk alone for now. */
final class ChunkBlockers {

    private ChunkBlockers() {}

    /** Returns what blocks the chunk; empty if a sweep may touch it. */
    static Optional<Code> of(TimeChunk chunk, DatasourceSnapshot snapshot) {
        if (!KillPlanner.isBounded(chunk)) {
            return Optional.of(Code.UNBOUNDED);
        }
        if (Intervals.overlapsAny(chunk, snapshot.leased())) {
            return Optional.of(Code.LEASED);
        }
        if (Hold.on(chunk, snapshot.holds()).isPresent()) {
            return Optional.of(Code.HELD);
        }
        if (Intervals.overlapsAny(chunk, snapshot.locked())) {
            return Optional.of(Code.LOCKED);
        }
        return Intervals.overlapsAny(chunk, snapshot.undecided()) ? Optional.of(Code.UNDECIDED) : Optional.empty();
    }

    /**
     * Returns the explanation for a report.
     *
     * @throws IllegalArgumentException if the code is not about a time chunk
     */
    static String message(Code code, DatasourceSnapshot snapshot) {
        return switch (code) {
            case HELD -> held(snapshot);
            case UNBOUNDED -> "sweeps never touch a time chunk without bounds; mark and kill its segments by hand";
            case LEASED -> "a run holds the lease of the time chunk; the next sweep checks again";
            case LOCKED -> "a task has locked the time chunk; the next sweep checks again";
            case UNDECIDED ->
                "brokers do not show the used segments of the time chunk as the metadata store has them; the next sweep"
                        + " checks again";
            case STILL_SERVED ->
                "data servers still serve unused segments of the time chunk; the next sweep checks again";
            case MOST_SHARE, NEXT_SWEEP, AUTO_KILL, AUTO_KILL_UNKNOWN, BUFFER_TOO_SHORT, NOT_LOADED, WANTED, ORPHAN ->
                throw new IllegalArgumentException(code + " is not about a time chunk");
        };
    }

    private static String held(DatasourceSnapshot snapshot) {
        return "the time chunk is on hold ("
                + snapshot.holds().stream().map(Hold::text).collect(Collectors.joining("; ")) + ")";
    }
}
