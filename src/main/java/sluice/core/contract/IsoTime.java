package sluice.core.contract;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses instants and intervals like Druid (Joda-Time in UTC), to milliseconds since 1970. */
final class IsoTime {
    private static final Pattern INSTANT = Pattern.compile("([+-]?\\d{1,9})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?"
            + "(?:T(?:(\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2}))?)?(?:[.,](\\d+))?)?)?(Z|[+-]\\d{2}(?::?\\d{2})?)?");
    private static final Pattern PERIOD = Pattern.compile("P(?:([+-]?\\d+)Y)?(?:([+-]?\\d+)M)?(?:([+-]?\\d+)W)?"
            + "(?:([+-]?\\d+)D)?(?:T(?:([+-]?\\d+)H)?(?:([+-]?\\d+)M)?(?:([+-]?\\d+)(?:[.,]\\d*)?S)?)?");

    private IsoTime() {}

    /** Start and end in milliseconds. */
    record Span(long start, long end) {}

    /**
     * Returns the interval; null for a notation that this class does not examine (week dates, a bare time).
     *
     * @throws DateTimeException if there is no such date or time
     */
    static @Nullable Span interval(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return null;
        }
        String left = text.substring(0, slash);
        String right = text.substring(slash + 1);
        boolean leftPeriod = left.startsWith("P");
        boolean rightPeriod = right.startsWith("P");
        if (leftPeriod && rightPeriod) {
            throw new DateTimeException("an interval cannot be two periods");
        }
        Long start = leftPeriod ? plus(instant(right), left, -1) : instant(left);
        Long end = rightPeriod ? plus(start, right, 1) : instant(right);
        return start == null || end == null ? null : new Span(start, end);
    }

    private static @Nullable Long instant(String text) {
        Matcher parts = INSTANT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        boolean midnightAtEnd = number(parts, 4, 0) == 24;
        LocalDateTime local = LocalDate.of(number(parts, 1, 0), number(parts, 2, 1), number(parts, 3, 1))
                .atTime(midnightAtEnd ? 0 : number(parts, 4, 0), number(parts, 5, 0), number(parts, 6, 0))
                .plusDays(midnightAtEnd ? 1 : 0);
        String offset = parts.group(8);
        ZoneOffset zone = offset == null || offset.equals("Z") ? ZoneOffset.UTC : ZoneOffset.of(offset);
        return local.toInstant(zone).toEpochMilli() + millis(parts.group(7));
    }

    private static long millis(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
    }

    /** @throws DateTimeException if the number is too long for any date */
    private static int number(Matcher parts, int group, int otherwise) {
        try {
            return parts.group(group) == null ? otherwise : Integer.parseInt(parts.group(group));
        } catch (NumberFormatException tooLong) {
            throw new DateTimeException("the number " + parts.group(group) + " is too large", tooLong);
        }
    }

    private static @Nullable Long plus(@Nullable Long instant, String period, int direction) {
        Matcher parts = PERIOD.matcher(period);
        if (instant == null || !parts.matches()) {
            return null;
        }
        try {
            return plus(instant, parts, direction);
        } catch (ArithmeticException overflow) {
            throw new DateTimeException("the period " + period + " is too long", overflow);
        }
    }

    private static long plus(long instant, Matcher parts, int direction) {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(instant, 1000L), 0, ZoneOffset.UTC)
                .plus(Period.of(
                        direction * number(parts, 1, 0),
                        direction * number(parts, 2, 0),
                        direction * Math.addExact(Math.multiplyExact(7, number(parts, 3, 0)), number(parts, 4, 0))))
                .plusHours(direction * (long) number(parts, 5, 0))
                .plusMinutes(direction * (long) number(parts, 6, 0))
                .plusSeconds(direction * (long) number(parts, 7, 0))
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    /** Returns the approximate length of the period in milliseconds; null if it is not a period, or too long. */
    static @Nullable Long length(String period) {
        try {
            return plus(0L, period, 1);
        } catch (DateTimeException tooLong) {
            return null;
        }
    }
}
