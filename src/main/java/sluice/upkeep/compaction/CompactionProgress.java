package sluice.upkeep.compaction;

import java.time.Duration;
import java.time.Instant;

/**
 * Progress of Druid's automatic compaction of a datasource, from check to check.
 *
 * @param awaiting bytes that await compaction; {@value #UNKNOWN} if Druid does not list the datasource, because compaction
 *     has not begun
 * @param compacted compacted bytes
 * @param since when progress was last seen, or nothing awaited compaction
 * @param alarmed whether the lack of progress has been reported
 */
record CompactionProgress(long awaiting, long compacted, Instant since, boolean alarmed) {

    static final long UNKNOWN = -1;

    static CompactionProgress begun(long awaiting, long compacted, Instant now) {
        return new CompactionProgress(awaiting, compacted, now, false);
    }

    /** Returns the progress at a later check. Less to do, or more done, is progress. */
    CompactionProgress seen(long awaitingNow, long compactedNow, Instant now) {
        boolean less = awaitingNow != UNKNOWN && (awaiting == UNKNOWN || awaitingNow < awaiting);
        boolean moves = awaitingNow == 0 || less || compactedNow > compacted;
        return moves
                ? begun(awaitingNow, compactedNow, now)
                : new CompactionProgress(awaitingNow, compactedNow, since, alarmed);
    }

    /** Returns true if bytes await compaction and there has been no progress for so long. */
    boolean isStalled(Duration patience, Instant now) {
        return awaiting != 0 && !now.isBefore(since.plus(patience));
    }

    CompactionProgress reported() {
        return new CompactionProgress(awaiting, compacted, since, true);
    }
}
