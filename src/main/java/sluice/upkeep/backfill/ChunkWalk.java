package sluice.upkeep.backfill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;

/**
 * The way of a backfill through its interval, time chunk by time chunk. A place on it is the edge between two chunks, so it
 * stays the same however many chunks lie behind.
 */
record ChunkWalk(TimeChunk interval, SegmentGranularity granularity, BackfillOrder order) {

    static ChunkWalk of(BackfillRequest request) {
        return new ChunkWalk(request.interval(), request.granularity(), request.order());
    }

    /** Returns where the walk begins. */
    Instant begin() {
        return isForward() ? interval.start() : interval.end();
    }

    boolean isAtEnd(Instant place) {
        return isForward() ? !place.isBefore(interval.end()) : !place.isAfter(interval.start());
    }

    /** Returns the chunk that follows a place. */
    TimeChunk chunk(Instant place) {
        return TimeChunk.holding(isForward() ? place : place.minusMillis(1), granularity);
    }

    /** Returns the place behind a chunk. */
    Instant behind(TimeChunk chunk) {
        return isForward() ? chunk.end() : chunk.start();
    }

    /** Returns the chunks that follow a place, in the order of the walk. */
    List<TimeChunk> ahead(Instant place, int most) {
        List<TimeChunk> chunks = new ArrayList<>();
        for (Instant next = place; chunks.size() < most && !isAtEnd(next); ) {
            TimeChunk chunk = chunk(next);
            chunks.add(chunk);
            next = behind(chunk);
        }
        return chunks;
    }

    /**
     * One step: chunks to pass over, then chunks that follow each other and belong into one run.
     *
     * @param skipped number of chunks that are passed over
     * @param window what a run loads; null if the step only passes over chunks
     * @param chunks number of chunks of the window
     * @param place where the next step begins
     */
    record Step(int skipped, @Nullable TimeChunk window, int chunks, Instant place) {}

    /**
     * Returns the next step.
     *
     * @param ahead chunks that follow the place, at least one
     * @param most chunks of a window
     */
    Step step(Instant place, List<TimeChunk> ahead, int most, Predicate<TimeChunk> isSkipped) {
        int skipped = 0;
        while (skipped < ahead.size() && isSkipped.test(ahead.get(skipped))) {
            skipped++;
        }
        int end = skipped;
        while (end < ahead.size() && end - skipped < most && !isSkipped.test(ahead.get(end))) {
            end++;
        }
        if (end == skipped) {
            return new Step(skipped, null, 0, end == 0 ? place : behind(ahead.get(end - 1)));
        }
        TimeChunk first = ahead.get(skipped);
        TimeChunk last = ahead.get(end - 1);
        TimeChunk window =
                isForward() ? new TimeChunk(first.start(), last.end()) : new TimeChunk(last.start(), first.end());
        return new Step(skipped, window, end - skipped, behind(last));
    }

    private boolean isForward() {
        return order == BackfillOrder.OLDEST;
    }
}
