package sluice.upkeep.retention;

import java.time.Instant;

/**
 * How the sweeps of one datasource of one cluster stand.
 *
 * @param lastSweptAt when the last sweep was, or null
 * @param policy the policy that it was made under, or null
 * @param orphanSince since when sweeps have found no definition of the datasource, or null
 * @param acting id of the sweep that has begun to act and has not said that it is done, or null
 */
record SweepState(Instant lastSweptAt, String policy, Instant orphanSince, String acting) {

    static final SweepState NEW = new SweepState(null, null, null, null);
}
