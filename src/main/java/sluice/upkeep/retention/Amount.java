package sluice.upkeep.retention;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collection;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.UnusedSegment;
import sluice.platform.druid.UsedSegment;

/**
 * How much there is of something.
 *
 * @param chunks time chunks
 * @param rows stored rows; Druid does not tell those of unused segments, which count 0
 * @param bytes size in deep storage
 */
@RegisterForReflection
public record Amount(int chunks, long segments, long rows, long bytes) {

    static final Amount NONE = new Amount(0, 0, 0, 0);

    static Amount ofTotals(Collection<ChunkTotals> totals) {
        return new Amount(
                (int) totals.stream()
                        .map(chunk -> new TimeChunk(chunk.start(), chunk.end()))
                        .distinct()
                        .count(),
                totals.stream().mapToLong(ChunkTotals::segments).sum(),
                totals.stream().mapToLong(ChunkTotals::rows).sum(),
                totals.stream().mapToLong(ChunkTotals::bytes).sum());
    }

    static Amount ofUsed(Collection<UsedSegment> segments) {
        return new Amount(
                (int) segments.stream()
                        .map(segment -> new TimeChunk(segment.start(), segment.end()))
                        .distinct()
                        .count(),
                segments.size(),
                segments.stream().mapToLong(UsedSegment::rows).sum(),
                segments.stream().mapToLong(UsedSegment::bytes).sum());
    }

    static Amount ofUnused(Collection<UnusedSegment> segments) {
        return new Amount(
                (int) segments.stream()
                        .map(segment -> new TimeChunk(segment.start(), segment.end()))
                        .distinct()
                        .count(),
                segments.size(),
                0,
                segments.stream().mapToLong(UnusedSegment::bytes).sum());
    }

    /** The greater of the shares of segments and of bytes that this is of a whole, 0 to 1. */
    double shareOf(Amount whole) {
        return Math.max(share(segments, whole.segments), share(bytes, whole.bytes));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
