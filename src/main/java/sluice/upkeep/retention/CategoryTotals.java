package sluice.upkeep.retention;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.UnusedSegment;
import sluice.platform.druid.UsedSegment;

/**
 * The segments of one category that a sweep has found.
 *
 * @param amount totals over them
 * @param intervals where they are, adjacent chunks joined; the first {@value Intervals#MAX_INTERVALS}
 */
@RegisterForReflection
public record CategoryTotals(Category category, SegmentTotals amount, List<String> intervals) {

    /** What a segment is to a sweep. */
    public enum Category {
        /** Used, and its whole time chunk is older than {@code keep}. */
        EXPIRED,
        /** Used, in a datasource without a definition. */
        ORPHANED,
        /** Used, and overshadowed for longer than the coordinator needs to mark it unused. */
        OVERSHADOWED,
        /** Used, and on no data server although the rules ask for it. */
        NOT_LOADED,
        /** Marked unused. It can be marked used again until it is purged. */
        UNUSED,
        /** Marked unused, and still served by data servers. */
        UNUSED_STILL_SERVED,
        /** Unused for longer than {@code purgeAfter}. */
        PURGEABLE,
        /** Unused for longer than {@code purgeAfter}, but {@code keep} still wants it and no served version hides it. */
        RESTORABLE
    }

    public CategoryTotals {
        intervals = List.copyOf(intervals);
    }

    static CategoryTotals ofUsed(Category category, List<UsedSegment> segments) {
        List<TimeChunk> chunks = segments.stream()
                .map(segment -> new TimeChunk(segment.start(), segment.end()))
                .toList();
        return new CategoryTotals(category, SegmentTotals.ofUsed(segments), Intervals.texts(chunks));
    }

    static CategoryTotals ofUnused(Category category, List<UnusedSegment> segments) {
        List<TimeChunk> chunks = segments.stream()
                .map(segment -> new TimeChunk(segment.start(), segment.end()))
                .toList();
        return new CategoryTotals(category, SegmentTotals.ofUnused(segments), Intervals.texts(chunks));
    }
}
