package sluice.platform.druid;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The parts of a segment's id, {@code <datasource>_<start>_<end>_<version>[_<partition>]}.
 *
 * @param start start of its time chunk
 * @param end end of its time chunk, exclusive
 * @param version Druid serves the version of a time chunk that is the greatest in text order
 * @see <a href="https://druid.apache.org/docs/latest/design/segments">Segments</a>
 */
public record SegmentId(Instant start, Instant end, String version) {

    private static final int PARTS = 3;

    private static final String EPOCH = Instant.EPOCH.toString().substring(0, 19);

    /** Reads an id. Returns empty if it is not a segment of the datasource, or has no bounds. */
    public static Optional<SegmentId> of(String datasource, String id) {
        if (!id.startsWith(datasource + "_")) {
            return Optional.empty();
        }
        String[] parts = id.substring(datasource.length() + 1).split("_");
        try {
            return parts.length < PARTS
                    ? Optional.empty()
                    : Optional.of(new SegmentId(Instant.parse(parts[0]), Instant.parse(parts[1]), parts[2]));
        } catch (DateTimeParseException exception) {
            return Optional.empty();
        }
    }

    /** Returns true if an append began the version, in a time chunk without one. It has no core that is complete or not. */
    public boolean isBegunByAppend() {
        return version.startsWith(EPOCH);
    }

    /** Returns true if the segment overlaps a span of time. */
    public boolean overlaps(Instant from, Instant until) {
        return start.isBefore(until) && end.isAfter(from);
    }

    /** The time chunk, for comparison. */
    public String interval() {
        return start + "/" + end;
    }
}
