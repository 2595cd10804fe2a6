package sluice.upkeep.restore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/**
 * What to restore: the segments of a run, or what was used at a time, or what was marked unused last.
 *
 * @param interval only time chunks within it; null for all
 * @param asOf the time whose data is wanted; null for what was marked unused last in each time chunk
 * @param run id of the run whose segments are wanted; null for any
 */
public record RestoreSelection(@Nullable TimeChunk interval, @Nullable Instant asOf, @Nullable String run) {

    public RestoreSelection {
        if (interval == null && asOf == null && run == null) {
            throw new RestoreException(RestoreException.Code.INVALID, "name an interval, a time (asOf) or a run");
        }
    }
}
