package sluice.core.spec;

/**
 * What a segment should hold: a number of rows after rollup. If those rows would be far larger than the target size, as
 * many rows as fill the target size.
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

    /** Returns the rows per segment, for rows of this size. */
    public long rowsPerSegment(double bytesPerRow) {
        return bytesPerRow * rows > STILL_GOOD * bytes ? Math.max(1, (long) (bytes / bytesPerRow)) : rows;
    }

    /** Returns the number of segments for that many rows, at least one. */
    public long segments(long storedRows, long storedBytes) {
        if (storedRows <= 0) {
            return 1;
        }
        long each = rowsPerSegment((double) storedBytes / storedRows);
        return Math.max(1, (storedRows + each - 1) / each);
    }

    /** Returns true if such a segment has both too few rows and too few bytes. */
    public boolean isSmall(long storedRows, long storedBytes) {
        return storedRows < smallRows() && storedBytes < leastBytes();
    }

    /** Returns the number of rows below which a segment is small, unless its rows are large. */
    public long smallRows() {
        return (long) (STILL_ENOUGH * rows);
    }

    /** Returns the smallest size that is as good as the target. */
    public long leastBytes() {
        return (long) (STILL_ENOUGH * bytes);
    }

    /** Returns the largest size that is as good as the target. */
    public long mostBytes() {
        return (long) (STILL_GOOD * bytes);
    }
}
