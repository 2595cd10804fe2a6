package sluice.upkeep.compaction;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.ChunkSegment;

/** Time chunks of invented segments. */
final class Segments {

    static final TimeChunk DAY =
            new TimeChunk(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));

    private Segments() {}

    static ChunkSegment segment(int partition, long rows, long bytes) {
        return new ChunkSegment(
                "wikipedia_2026-01-01T00:00:00.000Z_2026-01-02T00:00:00.000Z_2026-01-03T00:00:00.000Z"
                        + (partition == 0 ? "" : "_" + partition),
                DAY.interval(),
                "2026-01-03T00:00:00.000Z",
                partition,
                0,
                rows,
                bytes,
                true,
                false,
                List.of("count", "added_sum"));
    }

    static ChunkContents of(ChunkSegment... segments) {
        return new ChunkContents(DAY, List.of(segments));
    }

    static ChunkContents same(int count, long rows, long bytes) {
        return new ChunkContents(
                DAY,
                IntStream.range(0, count)
                        .mapToObj(number -> segment(number, rows, bytes))
                        .toList());
    }
}
