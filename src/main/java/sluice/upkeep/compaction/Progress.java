package sluice.upkeep.compaction;

import java.time.Duration;
import java.time.Instant;

/**
 * How far Druid's automatic compaction of a datasource has come, from look to look.
 *
 * @param awaiting bytes that it has still to compact; {@value #UNKNOWN} where Druid does not list the datasource, because
 *     it has not begun
 * @param compacted bytes that it has compacted
 * @param since when it was last seen to get on, or to have nothing to do
 * @param alarmed whether it has been told that it does not get on
 */
record Progress(long awaiting, long compacted, Instant since, boolean alarmed) {

    static final long UNKNOWN = -1;

    static Progress begun(long awaiting, long compacted, Instant now) {
        return new Progress(awaiting, compacted, now, false);
    }

    /** What a later look shows: less to do, or more done, is progress. */
    Progress seen(long awaitingNow, long compactedNow, Instant now) {
        boolean less = awaitingNow != UNKNOWN && (awaiting == UNKNOWN || awaitingNow < awaiting);
        boolean moves = awaitingNow == 0 || less || compactedNow > compacted;
        return moves ? begun(awaitingNow, compactedNow, now) : new Progress(awaitingNow, compactedNow, since, alarmed);
    }

    /** Whether there is something to do and nothing has been done for so long. */
    boolean isStalled(Duration patience, Instant now) {
        return awaiting != 0 && !now.isBefore(since.plus(patience));
    }

    Progress told() {
        return new Progress(awaiting, compacted, since, true);
    }
}
