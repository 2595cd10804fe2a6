package sluice.upkeep.retention;

import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.upkeep.retention.Refusal.Code;

/** Why a time chunk cannot be touched now. */
final class ChunkBlockers {

    private ChunkBlockers() {}

    static Optional<Code> of(TimeChunk chunk, Snapshot snapshot) {
        if (!KillPlanner.isBounded(chunk)) {
            return Optional.of(Code.UNBOUNDED);
        }
        if (Intervals.overlapsAny(chunk, snapshot.leased())) {
            return Optional.of(Code.LEASED);
        }
        return Intervals.overlapsAny(chunk, snapshot.locked()) ? Optional.of(Code.LOCKED) : Optional.empty();
    }

    static String message(Code code) {
        return switch (code) {
            case UNBOUNDED -> "a time chunk without bounds is never touched by a sweep; mark and kill it by hand";
            case LEASED -> "a run writes the time chunk now; the next sweep looks again";
            case LOCKED -> "a task has locked the time chunk; the next sweep looks again";
            case STILL_SERVED ->
                "data servers still have segments of the time chunk that are marked unused; the next sweep looks again";
            case MOST_SHARE, NEXT_SWEEP, AUTO_KILL, AUTO_KILL_UNKNOWN, BUFFER_TOO_SHORT, NOT_LOADED, ORPHAN ->
                throw new IllegalArgumentException(code + " is not said of a time chunk");
        };
    }
}
