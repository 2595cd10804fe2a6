package sluice.core.contract;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A granularity, as far as the rules need to know it.
 *
 * @param name Druid's name, or the period
 * @param millis approximate length; 0 for NONE
 * @param aligned whether its buckets start at natural boundaries in UTC
 */
record Granularity(String name, long millis, boolean aligned) {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final Map<String, Long> NAMED = Map.ofEntries(
            Map.entry("NONE", 0L),
            Map.entry("SECOND", SECOND),
            Map.entry("MINUTE", MINUTE),
            Map.entry("FIVE_MINUTE", 5 * MINUTE),
            Map.entry("TEN_MINUTE", 10 * MINUTE),
            Map.entry("FIFTEEN_MINUTE", 15 * MINUTE),
            Map.entry("THIRTY_MINUTE", 30 * MINUTE),
            Map.entry("HOUR", HOUR),
            Map.entry("SIX_HOUR", 6 * HOUR),
            Map.entry("EIGHT_HOUR", 8 * HOUR),
            Map.entry("DAY", DAY),
            Map.entry("WEEK", 7 * DAY),
            Map.entry("MONTH", 30 * DAY),
            Map.entry("QUARTER", 91 * DAY),
            Map.entry("YEAR", 365 * DAY),
            Map.entry("ALL", Long.MAX_VALUE));
    private static final Map<String, String> PERIODS = Map.of(
            "PT1S",
            "SECOND",
            "PT1M",
            "MINUTE",
            "PT5M",
            "FIVE_MINUTE",
            "PT15M",
            "FIFTEEN_MINUTE",
            "PT1H",
            "HOUR",
            "P1D",
            "DAY",
            "P1W",
            "WEEK",
            "P1M",
            "MONTH",
            "P3M",
            "QUARTER",
            "P1Y",
            "YEAR");

    /** Returns Druid's names of granularities. */
    static Set<String> names() {
        return NAMED.keySet();
    }

    /** Returns the granularity at that place; null if it is missing or unreadable. */
    static @Nullable Granularity of(SpecNode section) {
        if (section.node().isTextual()) {
            return named(section.node().textValue().toUpperCase(Locale.ROOT));
        }
        String period = section.text("period");
        if (period != null) {
            String zone = section.text("timeZone");
            boolean utc = (zone == null || zone.equals("UTC") || zone.equals("Etc/UTC")) && !section.has("origin");
            Granularity same = utc && PERIODS.containsKey(period) ? named(PERIODS.get(period)) : null;
            Long length = IsoTime.length(period);
            return same != null || length == null ? same : new Granularity(period, length, false);
        }
        String type = section.type();
        return type != null && (type.equals("all") || type.equals("none"))
                ? named(type.toUpperCase(Locale.ROOT))
                : null;
    }

    /** Returns the length of a spec's time chunks; null if it is unreadable. Druid's default is a day. */
    static @Nullable Granularity ofSegments(SpecView spec) {
        SpecNode place = spec.granularitySpec().get("segmentGranularity");
        return place.present() ? of(place) : named("DAY");
    }

    private static @Nullable Granularity named(String name) {
        Long millis = NAMED.get(name);
        return millis == null ? null : new Granularity(name, millis, millis > 0 && millis < Long.MAX_VALUE);
    }

    boolean coarserThan(Granularity other) {
        return millis > other.millis;
    }

    /** Returns true if a bucket starts at the instant, or if the bucket boundaries are unknown. */
    boolean startsAt(long instant) {
        if (!aligned) {
            return true;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(instant, 1000L), 0, ZoneOffset.UTC);
        return switch (name) {
            case "WEEK" -> Math.floorMod(instant, DAY) == 0 && time.getDayOfWeek() == DayOfWeek.MONDAY;
            case "MONTH" -> Math.floorMod(instant, DAY) == 0 && time.getDayOfMonth() == 1;
            case "QUARTER" ->
                Math.floorMod(instant, DAY) == 0 && time.getDayOfMonth() == 1 && time.getMonthValue() % 3 == 1;
            case "YEAR" -> Math.floorMod(instant, DAY) == 0 && time.getDayOfYear() == 1;
            default -> Math.floorMod(instant, millis) == 0;
        };
    }
}
