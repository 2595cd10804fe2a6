package sluice.core.definition;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How an object's key names its time: a {@link DateTimeFormatter} pattern of numbers, for example {@code
 * 'dt='yyyy-MM-dd}, {@code yyyy/MM/dd/HH} or {@code 'dt='yyyy-MM-dd'/hr='HH}. It is read as UTC in the root locale, and
 * strictly: 30 February does not match. The letters are {@code y u M d D H m s}; other text is in single quotes.
 */
public final class TimeChunkPattern {

    private static final Map<ChronoUnit, ChronoField> FIELDS = Map.of(
            ChronoUnit.SECONDS, ChronoField.SECOND_OF_MINUTE,
            ChronoUnit.MINUTES, ChronoField.MINUTE_OF_HOUR,
            ChronoUnit.HOURS, ChronoField.HOUR_OF_DAY,
            ChronoUnit.DAYS, ChronoField.DAY_OF_MONTH,
            ChronoUnit.MONTHS, ChronoField.MONTH_OF_YEAR);

    private final String pattern;
    private final List<PatternPart> parts;
    private final ChronoUnit unit;
    private final DateTimeFormatter parser;

    private TimeChunkPattern(String pattern, List<PatternPart> parts, ChronoUnit unit) {
        this.pattern = pattern;
        this.parts = parts;
        this.unit = unit;
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().appendPattern(pattern);
        // yyyy is the year of an era, and strict resolving requires the era.
        builder.parseDefaulting(ChronoField.ERA, 1);
        FIELDS.forEach((finer, field) -> {
            if (finer.compareTo(unit) < 0) {
                builder.parseDefaulting(field, field.range().getMinimum());
            }
        });
        this.parser = builder.toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT)
                .withZone(ZoneOffset.UTC);
    }

    /** @throws IllegalArgumentException if the pattern cannot name a time; the message says why */
    public static TimeChunkPattern of(String pattern) {
        List<PatternPart> parts = PatternPart.split(pattern);
        ChronoUnit unit = PatternPart.unit(parts)
                .orElseThrow(() -> new IllegalArgumentException("'" + pattern + "' does not begin with the year"));
        return new TimeChunkPattern(pattern, parts, unit);
    }

    /** Returns the pattern as written. */
    public String pattern() {
        return pattern;
    }

    /** Returns the finest unit in the pattern: YEARS, MONTHS, DAYS, HOURS, MINUTES or SECONDS. */
    public ChronoUnit unit() {
        return unit;
    }

    /**
     * Reads the time at the given position of a key.
     *
     * @return empty if the text does not match, names no real time, or continues with another digit
     */
    public Optional<Match> match(String key, int from) {
        ParsePosition position = new ParsePosition(from);
        try {
            TemporalAccessor parsed = parser.parse(key, position);
            int end = position.getIndex();
            if (end < key.length() && Character.isDigit(key.charAt(end))) {
                return Optional.empty();
            }
            return Optional.of(new Match(LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC), end));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** Returns the beginnings of a key that can serve as S3 prefixes: for each unit, the key up to the next number. */
    public Map<ChronoUnit, String> prefixes(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        Map<ChronoUnit, String> prefixes = new EnumMap<>(ChronoUnit.class);
        for (int end = 1; end <= parts.size(); end++) {
            List<PatternPart> head = parts.subList(0, end);
            boolean beforeNumber = end == parts.size() || parts.get(end).isNumber();
            if (beforeNumber) {
                String text = head.stream().map(part -> part.format(time)).collect(Collectors.joining());
                PatternPart.unit(head).ifPresent(told -> prefixes.putIfAbsent(told, text));
            }
        }
        return prefixes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeChunkPattern that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }

    /**
     * A time found in a key.
     *
     * @param start start of the unit that the key names
     * @param end index of the first character after the time
     */
    public record Match(Instant start, int end) {}
}
