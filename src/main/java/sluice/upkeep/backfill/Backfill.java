package sluice.upkeep.backfill;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backfill that somebody has requested. Its size does not depend on the length of its interval.
 *
 * @param id begins with the time, so that ids sort by it
 * @param waiting why nothing new begins at present; null if nothing stands in the way
 * @param endedAt when it came to an end; null until then
 * @param moves number of changes of its state
 * @param version number of writes; each write is conditional on it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Backfill(
        String id,
        BackfillRequest request,
        BackfillState state,
        Instant startedAt,
        BackfillPosition position,
        BackfillProgress progress,
        @Nullable String waiting,
        @Nullable Instant endedAt,
        int moves,
        long version) {

    /** Druid's errors may be long. */
    private static final int LONGEST_REASON = 500;

    static Backfill planned(String id, BackfillRequest request, long chunks, Instant now) {
        return new Backfill(
                id,
                request,
                BackfillState.PLANNED,
                now,
                new BackfillPosition(ChunkWalk.of(request).begin(), 0, 1, List.of()),
                BackfillProgress.of(chunks, now),
                null,
                null,
                0,
                0);
    }

    /** Returns the backfill in another state. A pace is measured from when it runs. */
    Backfill moved(BackfillState next, Instant now) {
        return new Backfill(
                id,
                request,
                next,
                startedAt,
                position,
                next == BackfillState.RUNNING ? progress.paced(now) : progress,
                null,
                next.isEnd() ? now : null,
                moves + 1,
                version);
    }

    Backfill at(BackfillPosition next, BackfillProgress made) {
        return new Backfill(id, request, state, startedAt, next, made, waiting, endedAt, moves, version);
    }

    Backfill waiting(@Nullable String reason) {
        String brief =
                reason == null || reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        return new Backfill(id, request, state, startedAt, position, progress, brief, endedAt, moves, version);
    }

    /** Returns true if it comes forward as soon as its runs do. */
    @JsonIgnore
    boolean isUnderWay() {
        return waiting == null && (state.mayBegin() || state == BackfillState.STOPPING);
    }

    Backfill written() {
        return new Backfill(id, request, state, startedAt, position, progress, waiting, endedAt, moves, version + 1);
    }
}
