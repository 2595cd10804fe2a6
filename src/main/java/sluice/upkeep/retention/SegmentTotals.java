package sluice.upkeep.retention;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collection;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.UnusedSegment;
import sluice.platform.druid.UsedSegment;

/**
 * Totals over some segments: {@code {"chunks": 2, "segments": 2, "rows": 20, "bytes": 2000}}.
 *
 * @param chunks distinct time chunks
 * @param rows stored rows; unused segments count 0, because Druid does not report their rows
 * @param bytes size in deep storage
 */
@RegisterForReflection
public record SegmentTotals(int chunks, long segments, long rows, long bytes) {

    static final SegmentTotals NONE = new SegmentTotals(0, 0, 0, 0);

    static SegmentTotals ofChunks(Collection<ChunkTotals> totals) {
        return new SegmentTotals(
                (int) totals.stream()
                        .map(chunk -> new TimeChunk(chunk.start(), chunk.end()))
                        .distinct()
                        .count(),
                totals.stream().mapToLong(ChunkTotals::segments).sum(),
                totals.stream().mapToLong(ChunkTotals::rows).sum(),
                totals.stream().mapToLong(ChunkTotals::bytes).sum());
    }

    static SegmentTotals ofUsed(Collection<UsedSegment> segments) {
        return new SegmentTotals(
                (int) segments.stream()
                        .map(segment -> new TimeChunk(segment.start(), segment.end()))
                        .distinct()
                        .count(),
                segments.size(),
                segments.stream().mapToLong(UsedSegment::rows).sum(),
                segments.stream().mapToLong(UsedSegment::bytes).sum());
    }

    static SegmentTotals ofUnused(Collection<UnusedSegment> segments) {
        return new SegmentTotals(
                (int) segments.stream()
                        .map(segment -> new TimeChunk(segment.start(), segment.end()))
                        .distinct()
                        .count(),
                segments.size(),
                0,
                segments.stream().mapToLong(UnusedSegment::bytes).sum());
    }

    /** Returns the share of the whole, 0 to 1: by segments or by bytes, whichever is larger. */
    double shareOf(SegmentTotals whole) {
        return Math.max(share(segments, whole.segments), share(bytes, whole.bytes));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
