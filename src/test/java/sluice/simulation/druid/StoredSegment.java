package sluice.simulation.druid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import sluice.core.batch.TimeChunk;

/** A segment with its rows, its marks, and what the views know of it at some moment. */
final class StoredSegment {

    private static final long BYTES_PER_ROW = 100;

    private final SegmentKey key;
    private final int corePartitions;
    private final SegmentContents contents;
    private final List<SegmentMark> marks = new ArrayList<>();
    private final Duration countedAfter;
    private boolean deleted;

    StoredSegment(SegmentKey key, int corePartitions, SegmentContents contents, Duration countedAfter) {
        this.key = key;
        this.corePartitions = corePartitions;
        this.contents = contents;
        this.countedAfter = countedAfter;
    }

    SegmentKey key() {
        return key;
    }

    String id() {
        return key.id();
    }

    TimeChunk chunk() {
        return key.chunk();
    }

    String version() {
        return key.version();
    }

    /** How many segments, from partition 0, make the version of the chunk complete; 0 where it was only appended to. */
    int corePartitions() {
        return corePartitions;
    }

    boolean isCore() {
        return key.partition() < corePartitions;
    }

    List<StoredRows> rows() {
        return contents.rows();
    }

    boolean isTombstone() {
        return contents.rows().isEmpty();
    }

    boolean isCompacted() {
        return contents.compacted();
    }

    Map<String, String> columns() {
        return contents.columns();
    }

    List<String> metrics() {
        return contents.metrics();
    }

    /** The same segment in another version, as a concurrent replace makes it of an appended one. */
    StoredSegment upgraded(SegmentKey upgradedKey, int core) {
        return new StoredSegment(upgradedKey, core, contents, countedAfter);
    }

    long storedRows() {
        return contents.rows().stream().mapToLong(StoredRows::stored).sum();
    }

    /** Druid writes the size of a tombstone as 1. */
    long bytes() {
        return isTombstone() ? 1 : storedRows() * BYTES_PER_ROW;
    }

    void mark(SegmentMark mark) {
        marks.add(mark);
    }

    /** Deletes the segment from the metadata store; data servers drop it when they notice that it is unused. */
    void delete() {
        deleted = true;
    }

    boolean isUsed() {
        return !deleted && last().used();
    }

    boolean isUnused() {
        return !deleted && !last().used();
    }

    /** Whether it is unused now, and somebody had marked it used again since it was published. */
    boolean isGoneAgain() {
        return isUnused() && isPutBack();
    }

    /** Whether somebody has marked it used again since it was published. */
    boolean isPutBack() {
        return marks.stream().skip(1).anyMatch(SegmentMark::used);
    }

    /** When it was last marked. */
    Instant markedAt() {
        return last().at();
    }

    Instant createdAt() {
        return marks.get(0).at();
    }

    boolean isPublished(Instant now) {
        return isUsed(SegmentMark::publishedAt, now);
    }

    boolean isServed(Instant now) {
        return isUsed(SegmentMark::servedAt, now);
    }

    /** Rows as a broker shows them. */
    long shownRows(Instant now) {
        boolean counted = isServed(now)
                && latest(SegmentMark::servedAt, now)
                        .filter(mark -> !mark.servedAt().plus(countedAfter).isAfter(now))
                        .isPresent();
        return counted ? storedRows() : 0;
    }

    /** Has the data servers follow all marks at once. */
    void catchUp(Instant now) {
        marks.replaceAll(mark ->
                mark.servedAt().isAfter(now) ? new SegmentMark(mark.used(), mark.at(), mark.publishedAt(), now) : mark);
    }

    private boolean isUsed(Function<SegmentMark, Instant> seenAt, Instant now) {
        return latest(seenAt, now).filter(SegmentMark::used).isPresent();
    }

    private Optional<SegmentMark> latest(Function<SegmentMark, Instant> seenAt, Instant now) {
        return marks.stream().filter(mark -> !seenAt.apply(mark).isAfter(now)).reduce((first, second) -> second);
    }

    private SegmentMark last() {
        return marks.get(marks.size() - 1);
    }

    @Override
    public String toString() {
        return id();
    }
}
