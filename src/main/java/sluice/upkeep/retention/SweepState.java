package sluice.upkeep.retention;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * State of the sweeps of one datasource of one cluster. A field is null as long as it has no value.
 *
 * @param lastSweptAt time of the last sweep
 * @param policy text of the policy that the last sweep used
 * @param orphanSince since when sweeps have found no definition of the datasource
 * @param acting id of the sweep that has begun to act and is not done
 * @param hidden since when sweeps have seen a version of a time chunk hidden by a served one, by {@link HiddenVersions} key
 */
record SweepState(
        @Nullable Instant lastSweptAt,
        @Nullable String policy,
        @Nullable Instant orphanSince,
        @Nullable String acting,
        Map<String, Instant> hidden) {

    SweepState {
        hidden = Map.copyOf(hidden);
    }

    static final SweepState NEW = new SweepState(null, null, null, null, Map.of());
}
