package sluice.upkeep.retention;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What a sweep has found of one category.
 *
 * @param amount how much of it
 * @param intervals where, neighbours joined; the first {@value Intervals#MOST}
 */
@RegisterForReflection
public record Found(Category category, Amount amount, List<String> intervals) {

    /** What a segment is to a sweep. */
    public enum Category {
        /** Used, and its whole time chunk is older than {@code keep}. */
        EXPIRED,
        /** Used, in a datasource that no definition has. */
        ORPHANED,
        /** Used, and a newer version has hidden it for longer than the coordinator needs to mark it. */
        OVERSHADOWED,
        /** Used, wanted on data servers, and served by none. */
        NOT_LOADED,
        /** Marked unused; may be marked used again until it is purged. */
        UNUSED,
        /** Marked unused, and data servers have not let go of it yet. */
        UNUSED_STILL_SERVED,
        /** Marked unused longer ago than {@code purgeAfter}. */
        PURGEABLE
    }

    public Found {
        intervals = List.copyOf(intervals);
    }
}
