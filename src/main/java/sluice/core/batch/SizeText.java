package sluice.core.batch;

import java.util.Locale;

/** Formats sizes for people. */
public final class SizeText {

    private static final double STEP = 1_000;

    private SizeText() {}

    /** Returns such as {@code 12.3 MB}, in powers of ten. */
    public static String bytes(double bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        int unit = 0;
        double value = bytes;
        while (value >= STEP && unit < units.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }
}
