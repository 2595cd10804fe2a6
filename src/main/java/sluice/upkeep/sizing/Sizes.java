package sluice.upkeep.sizing;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import sluice.core.spec.SegmentTarget;
import sluice.platform.druid.ChunkSize;

/** Sums and medians over the time chunks of a datasource that have rows; those of which rows are not known are left out. */
record Sizes(List<ChunkSize> chunks, SegmentTarget target) {

    Sizes {
        chunks = chunks.stream()
                .filter(chunk -> chunk.rows() > 0 && chunk.bytes() > 0)
                .sorted(Comparator.comparing(ChunkSize::start))
                .toList();
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    long sum(ToLongFunction<ChunkSize> value) {
        return chunks.stream().mapToLong(value).sum();
    }

    long median(ToLongFunction<ChunkSize> value) {
        long[] sorted = chunks.stream().mapToLong(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    double bytesPerRow() {
        return (double) sum(ChunkSize::bytes) / sum(ChunkSize::rows);
    }

    long rowsPerSegment() {
        return target.rowsPerSegment(bytesPerRow());
    }

    /** How many segments a usual time chunk should be cut into. */
    long segmentsPerChunk() {
        return target.segments(median(ChunkSize::rows), median(ChunkSize::bytes));
    }

    /** Bytes that a time chunk of that length would have, as densely as rows lie between the first and the last. */
    long bytesOf(Duration length) {
        Duration span = Duration.between(
                chunks.get(0).start(), chunks.get(chunks.size() - 1).end());
        return (long) ((double) sum(ChunkSize::bytes) / span.toSeconds() * length.toSeconds());
    }

    /** Time chunks that would come to at most half as many segments. */
    long chunksOfSmallSegments() {
        return chunks.stream()
                .filter(chunk ->
                        chunk.small() > 1 && target.segments(chunk.rows(), chunk.bytes()) * 2 <= chunk.segments())
                .count();
    }
}
