package sluice.core.definition;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The expected row counts of a run. Druid reports SUCCESS even for a task that loaded nothing or skipped every row
 * (apache/druid #12803, #13784). So the default expects at least one row, none unparseable and none thrown away. Druid throws rows
 * away without a word if their time lies outside of the run's time chunks, or if the transformSpec filters them out. With such a
 * filter, the default has no limit on rows thrown away.
 *
 * @param rows rows processed
 * @param unparseable rows that could not be read, fully or in part
 * @param thrownAway rows outside the run's time chunks, or filtered by the transformSpec
 */
public record Expectation(Bounds rows, Bounds unparseable, Bounds thrownAway) {

    public static final Expectation DEFAULT =
            new Expectation(new Bounds(1L, null), new Bounds(null, 0L), new Bounds(null, 0L));

    /** The default of a definition whose transformSpec filters rows. */
    public static final Expectation DEFAULT_WITH_FILTER =
            new Expectation(DEFAULT.rows(), DEFAULT.unparseable(), Bounds.UNBOUNDED);

    public Expectation {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(unparseable, "unparseable");
        Objects.requireNonNull(thrownAway, "thrownAway");
    }

    /**
     * A range of counts; both ends are inclusive.
     *
     * @param min lowest count; null for no limit
     * @param max highest count; null for no limit
     */
    public record Bounds(@Nullable Long min, @Nullable Long max) {

        public static final Bounds UNBOUNDED = new Bounds(null, null);

        public Bounds {
            if (min != null && min < 0 || max != null && max < 0) {
                throw new IllegalArgumentException("A count cannot be negative: min " + min + ", max " + max);
            }
            if (min != null && max != null && min > max) {
                throw new IllegalArgumentException("min " + min + " is above max " + max);
            }
        }

        /** Returns true if the count is within the bounds. */
        public boolean hold(long count) {
            return (min == null || count >= min) && (max == null || count <= max);
        }
    }
}
