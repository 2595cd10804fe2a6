package sluice.upkeep.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import sluice.core.batch.TimeChunk;

/** Unions and overlaps of time chunks. */
final class Intervals {

    /** Maximum intervals of a category in a report. */
    static final int MAX_INTERVALS = 50;

    private Intervals() {}

    /** Returns the union in as few chunks as possible, in order: adjacent and overlapping chunks become one. */
    static List<TimeChunk> joined(Collection<TimeChunk> chunks) {
        List<TimeChunk> joined = new ArrayList<>();
        for (TimeChunk chunk : chunks.stream().sorted().toList()) {
            TimeChunk last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last == null || chunk.start().isAfter(last.end())) {
                joined.add(chunk);
            } else if (chunk.end().isAfter(last.end())) {
                joined.set(joined.size() - 1, new TimeChunk(last.start(), chunk.end()));
            }
        }
        return joined;
    }

    /** Returns the union as ISO-8601 intervals, at most {@value #MAX_INTERVALS}. */
    static List<String> texts(Collection<TimeChunk> chunks) {
        return joined(chunks).stream()
                .map(TimeChunk::interval)
                .limit(MAX_INTERVALS)
                .toList();
    }

    static boolean overlapsAny(TimeChunk chunk, Collection<TimeChunk> others) {
        return others.stream().anyMatch(other -> overlap(chunk, other.start(), other.end()));
    }

    private static boolean overlap(TimeChunk chunk, Instant start, Instant end) {
        return chunk.start().isBefore(end) && chunk.end().isAfter(start);
    }
}
