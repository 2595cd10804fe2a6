package sluice.upkeep.retention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import sluice.core.batch.TimeChunk;
import sluice.ingest.submission.TaskDraft;
import sluice.platform.druid.UnusedSegment;

/**
 * Which kill tasks remove the segments that may be purged. A task has one interval, so it takes neighbouring chunks only:
 * in between lies nothing that it does not mean.
 */
final class KillPlanner {

    private static final int MOST_SEGMENTS = 2_000;
    /** Longer chunks are those of segments without bounds, whose kill would wait for every lock there is. */
    private static final Duration LONGEST_CHUNK = Duration.ofDays(366 * 100L);

    private KillPlanner() {}

    static boolean isBounded(TimeChunk chunk) {
        return Duration.between(chunk.start(), chunk.end()).compareTo(LONGEST_CHUNK) <= 0;
    }

    /** As many tasks as the segments need, the oldest data first. */
    static List<KillPlan> plan(List<UnusedSegment> segments) {
        List<KillPlan> plans = new ArrayList<>();
        List<TimeChunk> chunks = new ArrayList<>();
        List<UnusedSegment> taken = new ArrayList<>();
        for (Cell cell : cells(segments)) {
            boolean adjacent = !chunks.isEmpty()
                    && chunks.get(chunks.size() - 1).end().equals(cell.chunk().start());
            boolean fits = chunks.size() < TaskDraft.MOST_CHUNKS
                    && taken.size() + cell.segments().size() <= MOST_SEGMENTS
                    && isBounded(new TimeChunk(
                            chunks.isEmpty()
                                    ? cell.chunk().start()
                                    : chunks.get(0).start(),
                            cell.chunk().end()));
            if (!chunks.isEmpty() && !(adjacent && fits)) {
                plans.add(new KillPlan(chunks, taken));
                chunks = new ArrayList<>();
                taken = new ArrayList<>();
            }
            chunks.add(cell.chunk());
            taken.addAll(cell.segments());
        }
        if (!chunks.isEmpty()) {
            plans.add(new KillPlan(chunks, taken));
        }
        return List.copyOf(plans);
    }

    /** Segments whose chunks overlap, which they do after a change of the segment granularity: they go together. */
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
