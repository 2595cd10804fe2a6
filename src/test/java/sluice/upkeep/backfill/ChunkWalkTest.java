package sluice.upkeep.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;

class ChunkWalkTest {

    private static final TimeChunk WEEK = span("2026-01-01", "2026-01-08");

    @ParameterizedTest
    @EnumSource(BackfillOrder.class)
    void theWalkMeetsEveryChunkOnce(BackfillOrder order) {
        // Given
        ChunkWalk walk = new ChunkWalk(WEEK, SegmentGranularity.DAY, order);

        // When
        List<TimeChunk> windows = new ArrayList<>();
        Instant place = walk.begin();
        while (!walk.isAtEnd(place)) {
            ChunkWalk.Step step = walk.step(place, walk.ahead(place, 100), 3, chunk -> false);
            windows.add(step.window());
            place = step.place();
        }

        // Then
        List<TimeChunk> expected = order == BackfillOrder.OLDEST
                ? List.of(
                        span("2026-01-01", "2026-01-04"),
                        span("2026-01-04", "2026-01-07"),
                        span("2026-01-07", "2026-01-08"))
                : List.of(
                        span("2026-01-05", "2026-01-08"),
                        span("2026-01-02", "2026-01-05"),
                        span("2026-01-01", "2026-01-02"));
        assertThat(windows).isEqualTo(expected);
    }

    @Test
    void monthsOfDifferentLengthsAreMetBackwards() {
        // Given
        ChunkWalk walk =
                new ChunkWalk(span("2026-01-01", "2026-04-01"), SegmentGranularity.MONTH, BackfillOrder.NEWEST);

        // When
        List<TimeChunk> chunks = walk.ahead(walk.begin(), 10);

        // Then
        assertThat(chunks)
                .containsExactly(
                        span("2026-03-01", "2026-04-01"),
                        span("2026-02-01", "2026-03-01"),
                        span("2026-01-01", "2026-02-01"));
    }

    @Test
    void aWindowNeverHoldsASkippedChunk() {
        // Given
        ChunkWalk walk = new ChunkWalk(WEEK, SegmentGranularity.DAY, BackfillOrder.OLDEST);
        Set<TimeChunk> skipped = Set.of(span("2026-01-01", "2026-01-02"), span("2026-01-04", "2026-01-05"));

        // When
        ChunkWalk.Step first = walk.step(walk.begin(), walk.ahead(walk.begin(), 100), 5, skipped::contains);
        ChunkWalk.Step second = walk.step(first.place(), walk.ahead(first.place(), 100), 5, skipped::contains);

        // Then
        assertThat(first)
                .isEqualTo(new ChunkWalk.Step(
                        1, span("2026-01-02", "2026-01-04"), 2, Instant.parse("2026-01-04T00:00:00Z")));
        assertThat(second)
                .isEqualTo(new ChunkWalk.Step(
                        1, span("2026-01-05", "2026-01-08"), 3, Instant.parse("2026-01-08T00:00:00Z")));
    }

    @Test
    void aStepOverSkippedChunksOnlyHasNoWindow() {
        // Given
        ChunkWalk walk = new ChunkWalk(WEEK, SegmentGranularity.DAY, BackfillOrder.NEWEST);

        // When
        ChunkWalk.Step step = walk.step(walk.begin(), walk.ahead(walk.begin(), 4), 2, chunk -> true);

        // Then
        assertThat(step).isEqualTo(new ChunkWalk.Step(4, null, 0, Instant.parse("2026-01-04T00:00:00Z")));
    }

    private static TimeChunk span(String start, String end) {
        return new TimeChunk(Instant.parse(start + "T00:00:00Z"), Instant.parse(end + "T00:00:00Z"));
    }
}
