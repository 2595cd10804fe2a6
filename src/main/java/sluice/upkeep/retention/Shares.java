package sluice.upkeep.retention;

import java.util.Locale;

/** Shares of a datasource, in words. */
final class Shares {

    private Shares() {}

    static String message(double share, String what, double most) {
        return String.format(
                Locale.ROOT,
                "%.0f %% %s, a sweep may take %.0f %%: look at the report, then order a sweep with a higher mostShare,"
                        + " or raise SLUICE_RETENTION_MAX_SHARE",
                share * 100,
                what,
                most * 100);
    }
}
