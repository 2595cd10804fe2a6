package sluice.upkeep.freshness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How old the data of a datasource on a cluster is.
 *
 * @param cluster name of the cluster
 * @param datasource Druid's datasource
 * @param limit the oldest that the data may be
 * @param dataAt when the newest run that is available was planned, so the data has at least what had arrived by then; null if no
 *     run is available yet
 * @param watchedSince when the watch began; the age counts from it while no run is available
 */
record Freshness(String cluster, String datasource, Duration limit, @Nullable Instant dataAt, Instant watchedSince) {

    Duration age(Instant now) {
        return Duration.between(reference(), now);
    }

    /** Returns when the data becomes stale, or became so, if nothing newer is loaded. */
    Instant staleAt() {
        return reference().plus(limit);
    }

    boolean isStale(Instant now) {
        return now.isAfter(staleAt());
    }

    /** Returns the age in per cent of the limit. */
    long percent(Instant now) {
        return Math.max(0, age(now).toSeconds()) * 100 / limit.toSeconds();
    }

    private Instant reference() {
        return dataAt == null ? watchedSince : dataAt;
    }
}
