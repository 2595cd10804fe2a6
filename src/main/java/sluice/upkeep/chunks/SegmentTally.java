package sluice.upkeep.chunks;

import sluice.platform.druid.ChunkTotals;

/**
 * The published segments that overlap a time chunk and that no newer version hides. A segment that is longer than the chunk
 * counts as a whole.
 *
 * @param versions number of intervals and versions: more than one if a part of the chunk was replaced, or if segments are
 *     shorter than the chunk
 * @param rows stored rows
 * @param bytes size in deep storage
 */
public record SegmentTally(int segments, int versions, long rows, long bytes) {

    static final SegmentTally NONE = new SegmentTally(0, 0, 0, 0);

    SegmentTally plus(ChunkTotals totals) {
        return new SegmentTally(
                segments + totals.segments(), versions + 1, rows + totals.rows(), bytes + totals.bytes());
    }
}
