package sluice.platform.druid;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Druid writes and reads them. Segments without bounds have years that ISO-8601 wants a sign before. */
final class DruidTime {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private DruidTime() {}

    static Instant parse(String text) {
        return Instant.parse(text.matches("\\d{5,}-.*") ? "+" + text : text);
    }

    static String format(Instant time) {
        return FORMAT.format(time);
    }
}
