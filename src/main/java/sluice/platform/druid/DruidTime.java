package sluice.platform.druid;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import sluice.core.batch.TimeChunk;

/** Times as Druid writes and reads them. Years of segments without bounds need a sign in ISO-8601, which Druid omits. */
public final class DruidTime {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private DruidTime() {}

    static Instant parse(String text) {
        return Instant.parse(text.matches("\\d{5,}-.*") ? "+" + text : text);
    }

    /**
     * Reads {@code <start>/<end>}; a time may be a date alone.
     *
     * @throws IllegalArgumentException if there are not two times, or the end is not after the start
     * @throws java.time.DateTimeException if one of them is no time
     */
    public static TimeChunk interval(String text) {
        String[] ends = text.split("/", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException("an interval has the form start/end, this has not: " + text);
        }
        return new TimeChunk(parse(complete(ends[0])), parse(complete(ends[1])));
    }

    private static String complete(String time) {
        return time.contains("T") ? time : time + "T00:00:00Z";
    }

    static String format(Instant time) {
        return FORMAT.format(time);
    }
}
