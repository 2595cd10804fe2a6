package sluice.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;

/**
 * A span of the calendar in ISO-8601, such as {@code P1M} or {@code P1DT6H}, counted back in UTC as Druid's rules do.
 *
 * @param text as the user wrote it
 */
record Span(String text) {

    static Span of(String text) {
        return text == null ? null : new Span(text);
    }

    Instant before(Instant now) {
        int time = text.indexOf('T');
        String days = time < 0 ? text : text.substring(0, time);
        Period period = days.equals("P") ? Period.ZERO : Period.parse(days);
        Duration rest = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
        return LocalDateTime.ofInstant(now, ZoneOffset.UTC)
                .minus(period)
                .toInstant(ZoneOffset.UTC)
                .minus(rest);
    }

    /** Whether the span is at least as long as a duration, as of now. */
    boolean isAtLeast(Duration duration, Instant now) {
        return !before(now).isAfter(now.minus(duration));
    }
}
