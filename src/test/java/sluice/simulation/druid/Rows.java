package sluice.simulation.druid;

import java.time.Instant;

/**
 * Rows of an input object that have one time.
 *
 * @param count how many rows there are
 * @param rolledUp how many of them are left after rollup
 */
public record Rows(Instant time, long count, long rolledUp) {

    public Rows {
        if (count <= 0 || rolledUp <= 0 || rolledUp > count) {
            throw new IllegalArgumentException("Rows are 0 < rolledUp <= count, not " + rolledUp + " of " + count);
        }
    }

    /** Rows of which no two are equal. */
    public Rows(Instant time, long count) {
        this(time, count, count);
    }
}
