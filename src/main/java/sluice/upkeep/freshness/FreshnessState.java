package sluice.upkeep.freshness;

import java.time.Instant;

/**
 * What consumers were last told about a datasource on a cluster.
 *
 * @param watchedSince when the watch on it began
 * @param stale whether its data was stale
 * @param version counts the writes, from 1; 0 if nothing is stored yet. Each write is conditional on it
 */
record FreshnessState(Instant watchedSince, boolean stale, long version) {

    static FreshnessState begun(Instant now) {
        return new FreshnessState(now, false, 0);
    }

    FreshnessState next(boolean isStale) {
        return new FreshnessState(watchedSince, isStale, version + 1);
    }
}
