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
 * How an object's key tells its time: a {@link DateTimeFormatter} pattern of numbers, for example
 * {@code 'dt='yyyy-MM-dd}, {@code yyyy/MM/dd/HH} or {@code 'dt='yyyy-MM-dd'/hr='HH}. Read as UTC, strictly (there is no
 * 30 February), in the root locale. The letters are {@code y u M d D H m s}; other text stands in single quotes.
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
        // yyyy is the year of an era; strict resolving wants to be told which.
        builder.parseDefaulting(ChronoField.ERA, 1);
        FIELDS.forEach((told, field) -> {
            if (told.compareTo(unit) < 0) {
                builder.parseDefaulting(field, field.range().getMinimum());
            }
        });
        this.parser = builder.toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT)
                .withZone(ZoneOffset.UTC);
    }

    /** @throws IllegalArgumentException when the pattern cannot tell a time; the message says why */
    public static TimeChunkPattern of(String pattern) {
        List<PatternPart> parts = PatternPart.split(pattern);
        ChronoUnit unit = PatternPart.unit(parts)
                .orElseThrow(() -> new IllegalArgumentException("'" + pattern + "' does not begin at the year"));
        return new TimeChunkPattern(pattern, parts, unit);
    }

    /** The pattern as written. */
    public String pattern() {
        return pattern;
    }

    /** The finest unit that the pattern tells: YEARS, MONTHS, DAYS, HOURS, MINUTES or SECONDS. */
    public ChronoUnit unit() {
        return unit;
    }

    /**
     * The time at the given place of a key, and where the key goes on after it.
     *
     * @return empty when the text does not match, names no real time, or goes on with a further digit
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

    /**
     * The parts of the pattern that can serve as key prefixes: for each unit from the coarsest on, the text of a key up to
     * the next number.
     */
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
     * @param start begin of the unit that the key names
     * @param end index of the first character after it
     */
    public record Match(Instant start, int end) {}
}
