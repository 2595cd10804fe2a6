package sluice.entry.cli;

/** Shortens Druid's intervals for people. */
final class IntervalText {

    private static final String MIDNIGHT = "T00:00:00(\\.000)?Z";

    private IntervalText() {}

    /** Returns {@code 2026-01-01/2026-01-02} if the interval consists of whole days, else the interval as it is. */
    static String of(String interval) {
        boolean isWholeDays = interval.matches("[^/]*" + MIDNIGHT + "/[^/]*" + MIDNIGHT);
        return isWholeDays ? interval.replaceAll(MIDNIGHT, "") : interval;
    }
}
