package sluice.core.definition;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the counts of a run have to be. Druid itself reports SUCCESS for a task that loaded nothing or skipped every row
 * (apache/druid #12803, #13784), so there are defaults: at least one row, none unparseable.
 *
 * @param rows rows processed
 * @param unparseable rows that could not be read, whole or in part
 * @param thrownAway rows outside the run's time chunks or filtered by the transformSpec
 */
public record Expectation(Bounds rows, Bounds unparseable, Bounds thrownAway) {

    public static final Expectation DEFAULT =
            new Expectation(new Bounds(1L, null), new Bounds(null, 0L), Bounds.UNBOUNDED);

    public Expectation {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(unparseable, "unparseable");
        Objects.requireNonNull(thrownAway, "thrownAway");
    }

    /**
     * A range of counts, both ends inclusive.
     *
     * @param min lowest count, or null for no limit
     * @param max highest count, or null for no limit
     */
    public record Bounds(@Nullable Long min, @Nullable Long max) {

        public static final Bounds UNBOUNDED = new Bounds(null, null);

        public Bounds {
            if (min != null && min < 0 || max != null && max < 0) {
                throw new IllegalArgumentException("A count is never negative: min " + min + ", max " + max);
            }
            if (min != null && max != null && min > max) {
                throw new IllegalArgumentException("min " + min + " is above max " + max);
            }
        }

        public boolean hold(long count) {
            return (min == null || count >= min) && (max == null || count <= max);
        }
    }
}
