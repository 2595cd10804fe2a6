package sluice.core.batch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import sluice.core.definition.SegmentGranularity;

/**
 * A span of time that Druid stores, locks and replaces as a whole; the end is exclusive. Ordered by start, then end.
 */
public record TimeChunk(Instant start, Instant end) implements Comparable<TimeChunk> {

    private static final Comparator<TimeChunk> ORDER =
            Comparator.comparing(TimeChunk::start).thenComparing(TimeChunk::end);

    private static final DateTimeFormatter DRUID = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public TimeChunk {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("A time chunk must end after it starts: " + start + "/" + end);
        }
    }

    /** Returns the chunk of that granularity that contains the instant. */
    public static TimeChunk holding(Instant instant, SegmentGranularity granularity) {
        Instant start = granularity.floor(instant);
        return new TimeChunk(start, granularity.end(start));
    }

    /** Returns Druid's notation: {@code 2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z}. */
    public String interval() {
        return DRUID.format(start) + "/" + DRUID.format(end);
    }

    /** Returns true if the two have time in common. */
    public boolean overlaps(TimeChunk other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    /**
     * Returns true if others together cover all of the chunk.
     *
     * @param byStart others, ordered by their start
     */
    public boolean isCoveredBy(Iterable<TimeChunk> byStart) {
        Instant covered = start;
        for (TimeChunk other : byStart) {
            if (other.start.isAfter(covered)) {
                break;
            }
            covered = other.end.isAfter(covered) ? other.end : covered;
        }
        return !covered.isBefore(end);
    }

    @Override
    public int compareTo(TimeChunk other) {
        return ORDER.compare(this, other);
    }
}
