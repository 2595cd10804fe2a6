package sluice.upkeep.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sluice.platform.druid.DruidCluster;

/**
 * One datasource of one cluster that is due for a sweep.
 *
 * @param failure the sweeps that have failed since the last good one; null if none has
 */
record SweepCandidate(DruidCluster cluster, String datasource, SweepState state, @Nullable SweepFailure failure) {

    /** Returns when a sweep was tried last; null if none was. */
    @Nullable
    Instant triedAt() {
        return failure == null ? state.lastSweptAt() : failure.last();
    }
}
