package sluice.upkeep.retention;

import java.time.Instant;

/**
 * Scheduled sweeps of a datasource of a cluster that failed one after the other.
 *
 * @param since when the first of them failed
 * @param last when the last of them failed
 */
record SweepFailure(Instant since, Instant last) {

    SweepFailure {
        if (last.isBefore(since)) {
            throw new IllegalArgumentException("the last failure, " + last + ", was before the first, " + since);
        }
    }
}
