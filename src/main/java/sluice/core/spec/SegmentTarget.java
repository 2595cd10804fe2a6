package sluice.core.spec;

/**
 * What a segment should hold: so many rows after rollup, unless that comes to far more than the target size; then as many
 * as fill that.
 *
 * @param rows rows of a segment
 * @param bytes size of a segment; 40 % less or more is as good
 * @see <a href="https://druid.apache.org/docs/latest/operations/segment-optimization">Segment size optimization</a>
 */
public record SegmentTarget(long rows, long bytes) {

    private static final double STILL_GOOD = 1.4;
    private static final double STILL_ENOUGH = 0.6;

    public static SegmentTarget of(SpecDefaults defaults) {
        return new SegmentTarget(defaults.targetRows(), defaults.targetSegmentBytes());
    }

    /** Rows per segment, for rows of this size. */
    public long rowsPerSegment(double bytesPerRow) {
        return bytesPerRow * rows > STILL_GOOD * bytes ? Math.max(1, (long) (bytes / bytesPerRow)) : rows;
    }

    /** How many segments the rows should be cut into, at least one. */
    public long segments(long storedRows, long storedBytes) {
        if (storedRows <= 0) {
            return 1;
        }
        long each = rowsPerSegment((double) storedBytes / storedRows);
        return Math.max(1, (storedRows + each - 1) / each);
    }

    /** Whether a segment of that much is neither full of rows nor of a good size. */
    public boolean isSmall(long storedRows, long storedBytes) {
        return storedRows < smallRows() && storedBytes < leastBytes();
    }

    /** With fewer rows than these a segment is small, unless its rows are large. */
    public long smallRows() {
        return (long) (STILL_ENOUGH * rows);
    }

    /** The least size that is as good as the target. */
    public long leastBytes() {
        return (long) (STILL_ENOUGH * bytes);
    }

    /** The greatest size that is as good as the target. */
    public long mostBytes() {
        return (long) (STILL_GOOD * bytes);
    }
}
