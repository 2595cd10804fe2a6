package sluice.platform.druid;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Druid writes and reads them. Years of segments without bounds need a sign in ISO-8601, which Druid omits. */
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
