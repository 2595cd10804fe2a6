package sluice.upkeep.chunks;

import sluice.core.batch.TimeChunk;

/** A span of time has more intervals and versions of segments than one answer counts. */
public final class TooManySegmentsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManySegmentsException(TimeChunk span) {
        super(span.interval() + " has segments of more than " + SegmentTallies.MOST
                + " intervals and versions: ask with a smaller 'limit'");
    }
}
