package sluice.sizing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Locale;

/** Sizes as people read them, and how long an ISO-8601 span is. */
final class SizeText {

    private static final double STEP = 1_000;

    private SizeText() {}

    /** {@code 12.3 MB}, in powers of ten as the target is. */
    static String bytes(double bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        int unit = 0;
        double value = bytes;
        while (value >= STEP && unit < units.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    /** How long the span is from the beginning of 1970. */
    static Duration length(String span) {
        int time = (span + "T").indexOf('T');
        String date = span.substring(0, time);
        String rest = span.substring(time);
        Instant end = LocalDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC)
                .plus(date.equals("P") ? Period.ZERO : Period.parse(date))
                .plus(rest.isEmpty() ? Duration.ZERO : Duration.parse("P" + rest))
                .toInstant(ZoneOffset.UTC);
        return Duration.between(Instant.EPOCH, end);
    }
}
