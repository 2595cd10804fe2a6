package sluice.upkeep.sizing;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import sluice.core.spec.SegmentTarget;
import sluice.platform.druid.ChunkSize;

/** Sums and medians over the time chunks of a datasource. Chunks without rows, or whose rows are unknown, are left out. */
record ChunkSizes(List<ChunkSize> chunks, SegmentTarget target) {

    ChunkSizes {
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

    /** Returns how many segments the median time chunk should have. */
    long segmentsPerChunk() {
        return target.segments(median(ChunkSize::rows), median(ChunkSize::bytes));
    }

    /** Returns the bytes of a time chunk of that length, at the average density between the first and the last chunk. */
    long bytesOf(Duration length) {
        Duration span = Duration.between(
                chunks.get(0).start(), chunks.get(chunks.size() - 1).end());
        return (long) ((double) sum(ChunkSize::bytes) / span.toSeconds() * length.toSeconds());
    }

    /** Returns the number of time chunks that need at most half as many segments. */
    long chunksOfSmallSegments() {
        return chunks.stream()
                .filter(chunk ->
                        chunk.small() > 1 && target.segments(chunk.rows(), chunk.bytes()) * 2 <= chunk.segments())
                .count();
    }
}
