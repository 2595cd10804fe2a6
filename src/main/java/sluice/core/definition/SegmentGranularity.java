package sluice.core.definition;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The lengths of a time chunk that an object's key can name: Druid's simple granularities in UTC ({@code
 * org.apache.druid.java.util.common.granularity.GranularityType}). {@code ALL} and {@code NONE} have no chunk length
 * and are missing here. As in Druid, weeks begin on Monday.
 */
public enum SegmentGranularity {
    SECOND(Duration.ofSeconds(1), "PT1S"),
    MINUTE(Duration.ofMinutes(1), "PT1M"),
    FIVE_MINUTE(Duration.ofMinutes(5), "PT5M"),
    TEN_MINUTE(Duration.ofMinutes(10), "PT10M"),
    FIFTEEN_MINUTE(Duration.ofMinutes(15), "PT15M"),
    THIRTY_MINUTE(Duration.ofMinutes(30), "PT30M"),
    HOUR(Duration.ofHours(1), "PT1H"),
    SIX_HOUR(Duration.ofHours(6), "PT6H"),
    EIGHT_HOUR(Duration.ofHours(8), "PT8H"),
    DAY(Period.ofDays(1), "P1D"),
    WEEK(Period.ofDays(7), "P1W"),
    MONTH(Period.ofMonths(1), "P1M"),
    QUARTER(Period.ofMonths(3), "P3M"),
    YEAR(Period.ofYears(1), "P1Y");

    private final TemporalAmount length;
    private final String period;

    SegmentGranularity(TemporalAmount length, String period) {
        this.length = length;
        this.period = period;
    }

    /** Returns the granularity of that name, in any case, as Druid reads it. */
    public static Optional<SegmentGranularity> ofName(String name) {
        String upperCase = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(granularity -> granularity.name().equals(upperCase))
                .findFirst();
    }

    /** Returns the granularity of an ISO-8601 period in Druid's notation, for example {@code P1D}. */
    public static Optional<SegmentGranularity> ofPeriod(String period) {
        return Arrays.stream(values())
                .filter(granularity -> granularity.period.equals(period))
                .findFirst();
    }

    /** Returns the length in ISO-8601, for example {@code P1D}. */
    public String period() {
        return period;
    }

    /** Returns the start of the time chunk that contains the instant. */
    public Instant floor(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        LocalDate date = time.toLocalDate();
        LocalDateTime start =
                switch (this) {
                    case SECOND,
                            MINUTE,
                            FIVE_MINUTE,
                            TEN_MINUTE,
                            FIFTEEN_MINUTE,
                            THIRTY_MINUTE,
                            HOUR,
                            SIX_HOUR,
                            EIGHT_HOUR ->
                        date.atStartOfDay().plusSeconds(time.toLocalTime().toSecondOfDay() / seconds() * seconds());
                    case DAY -> date.atStartOfDay();
                    case WEEK ->
                        date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                                .atStartOfDay();
                    case MONTH -> date.withDayOfMonth(1).atStartOfDay();
                    case QUARTER ->
                        date.withMonth((date.getMonthValue() - 1) / 3 * 3 + 1)
                                .withDayOfMonth(1)
                                .atStartOfDay();
                    case YEAR -> date.withDayOfYear(1).atStartOfDay();
                };
        return start.toInstant(ZoneOffset.UTC);
    }

    /** Returns the end of the time chunk that begins at the given instant. */
    public Instant end(Instant start) {
        return LocalDateTime.ofInstant(start, ZoneOffset.UTC).plus(length).toInstant(ZoneOffset.UTC);
    }

    /** Returns true if every span of the unit (a calendar day, an hour ...) lies within one chunk. */
    public boolean contains(ChronoUnit unit) {
        return switch (unit) {
            case SECONDS -> true;
            case MINUTES -> this != SECOND;
            case HOURS -> compareTo(HOUR) >= 0;
            case DAYS -> compareTo(DAY) >= 0;
            case MONTHS -> compareTo(MONTH) >= 0;
            case YEARS -> this == YEAR;
            case NANOS, MICROS, MILLIS, HALF_DAYS, WEEKS, DECADES, CENTURIES, MILLENNIA, ERAS, FOREVER ->
                throw new IllegalArgumentException("An object's key cannot name " + unit);
        };
    }

    private long seconds() {
        return Duration.from(length).toSeconds();
    }
}
