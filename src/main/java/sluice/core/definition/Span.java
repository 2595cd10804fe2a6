package sluice.core.definition;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A calendar period in ISO-8601, such as {@code P1M} or {@code P1DT6H}, counted in UTC as Druid does.
 *
 * @param text as the user wrote it
 */
public record Span(String text) {

    /** Returns null for null. */
    public static @Nullable Span of(@Nullable String text) {
        return text == null ? null : new Span(text);
    }

    /** Returns the instant that lies one span before the end. */
    public Instant before(Instant end) {
        return LocalDateTime.ofInstant(end, ZoneOffset.UTC)
                .minus(days())
                .toInstant(ZoneOffset.UTC)
                .minus(rest());
    }

    /** Returns how long the span is from the beginning of 1970. */
    public Duration length() {
        Instant end =
                LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(days()).toInstant(ZoneOffset.UTC);
        return Duration.between(Instant.EPOCH, end).plus(rest());
    }

    /** Returns true if the span that ends now is at least as long as the duration. */
    public boolean isAtLeast(Duration duration, Instant now) {
        return !before(now).isAfter(now.minus(duration));
    }

    private Period days() {
        String days = text.substring(0, time());
        return days.equals("P") ? Period.ZERO : Period.parse(days);
    }

    private Duration rest() {
        return time() == text.length() ? Duration.ZERO : Duration.parse("P" + text.substring(time()));
    }

    private int time() {
        return (text + "T").indexOf('T');
    }
}
