package sluice.platform.druid;

import java.time.Instant;

/**
 * A segment that Druid wants to serve.
 *
 * @param start start of its time chunk
 * @param end end of its time chunk, exclusive
 * @param rows stored rows; the broker may show 0 for a while
 */
public record ActiveSegment(Instant start, Instant end, long rows) {

    /** Returns true if the segment overlaps a span of time. */
    public boolean overlaps(Instant from, Instant until) {
        return start.isBefore(until) && end.isAfter(from);
    }
}
