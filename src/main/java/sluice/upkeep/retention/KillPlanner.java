package sluice.upkeep.retention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import sluice.core.batch.TimeChunk;
import sluice.ingest.submission.TaskDraft;
import sluice.platform.druid.UnusedSegment;

/**
 * Divides the segments to purge among kill tasks. A kill task has one interval, so it gets adjacent chunks only: its
 * interval must not cover segments that it is not meant to delete.
 */
final class KillPlanner {

    private static final int MAX_SEGMENTS = 2_000;
    /** Longer chunks belong to segments without bounds. Their kill task would wait for every other lock. */
    private static final Duration MAX_CHUNK = Duration.ofDays(366 * 100L);

    private KillPlanner() {}

    static boolean isBounded(TimeChunk chunk) {
        return Duration.between(chunk.start(), chunk.end()).compareTo(MAX_CHUNK) <= 0;
    }

    /**
     * Returns as few tasks as the segments need, the oldest data first.
     *
     * @param unused all unused segments: no task may reach one of them that it is not meant to delete
     */
    static List<KillPlan> plan(List<UnusedSegment> segments, List<UnusedSegment> unused) {
        SparedSegments spared = new SparedSegments(unused, segments);
        List<KillPlan> plans = new ArrayList<>();
        List<TimeChunk> chunks = new ArrayList<>();
        List<UnusedSegment> taken = new ArrayList<>();
        for (Cell cell : cells(segments)) {
            List<UnusedSegment> together = new ArrayList<>(taken);
            together.addAll(cell.segments());
            boolean adjacent = !chunks.isEmpty()
                    && chunks.get(chunks.size() - 1).end().equals(cell.chunk().start());
            boolean fits = chunks.size() < TaskDraft.MOST_CHUNKS
                    && taken.size() + cell.segments().size() <= MAX_SEGMENTS
                    && isBounded(new TimeChunk(
                            chunks.isEmpty()
                                    ? cell.chunk().start()
                                    : chunks.get(0).start(),
                            cell.chunk().end()))
                    && !spared.isReachedBy(together);
            if (!chunks.isEmpty() && !(adjacent && fits)) {
                plans.add(new KillPlan(chunks, taken));
                chunks = new ArrayList<>();
                taken = new ArrayList<>();
            }
            if (spared.isReachedBy(cell.segments())) {
                continue; // Only if one version has two granularities at once; the next sweep looks again.
            }
            chunks.add(cell.chunk());
            taken.addAll(cell.segments());
        }
        if (!chunks.isEmpty()) {
            plans.add(new KillPlan(chunks, taken));
        }
        return List.copyOf(plans);
    }

    /** Segments with overlapping chunks, as after a change of segmentGranularity. One task deletes them together. */
    private record Cell(TimeChunk chunk, List<UnusedSegment> segments) {}

    private static List<Cell> cells(List<UnusedSegment> segments) {
        List<Cell> cells = new ArrayList<>();
        List<UnusedSegment> sorted = segments.stream()
                .sorted(Comparator.comparing(UnusedSegment::start).thenComparing(UnusedSegment::id))
                .toList();
        for (UnusedSegment segment : sorted) {
            Cell last = cells.isEmpty() ? null : cells.get(cells.size() - 1);
            if (last == null || !segment.start().isBefore(last.chunk().end())) {
                cells.add(new Cell(new TimeChunk(segment.start(), segment.end()), new ArrayList<>(List.of(segment))));
                continue;
            }
            last.segments().add(segment);
            if (segment.end().isAfter(last.chunk().end())) {
                cells.set(
                        cells.size() - 1,
                        new Cell(new TimeChunk(last.chunk().start(), segment.end()), last.segments()));
            }
        }
        return cells;
    }
}
