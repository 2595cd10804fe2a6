package sluice.simulation.druid;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.TaskReport;

/** A {@code compact} task: writes the rows of an interval again. */
final class CompactWork implements TaskWork {

    private final String taskId;
    private final TaskSpec spec;
    private final SegmentStore store;
    private final Lockbox locks;
    private final Publication publication;
    private final ChunkedRows rows = new ChunkedRows();
    private List<StoredSegment> compacted = List.of();
    private int published;

    CompactWork(String taskId, TaskSpec spec, SegmentStore store, Lockbox locks, Publication publication) {
        this.taskId = taskId;
        this.spec = spec;
        this.store = store;
        this.locks = locks;
        this.publication = publication;
    }

    @Override
    public List<TimeChunk> chunks() {
        TimeChunk interval = spec.intervals().get(0);
        Set<TimeChunk> chunks = new LinkedHashSet<>();
        spec.granularity().ifPresent(granularity -> chunks.addAll(ChunkedRows.covering(interval, granularity)));
        if (chunks.isEmpty()) {
            overlapping().forEach(segment -> chunks.add(segment.chunk()));
        }
        return chunks.isEmpty() ? List.of(interval) : List.copyOf(chunks);
    }

    private List<StoredSegment> overlapping() {
        TimeChunk interval = spec.intervals().get(0);
        return new Timeline(store.used(spec.datasource()))
                .visible().stream()
                        .filter(segment -> Timeline.overlaps(segment.chunk(), interval))
                        .toList();
    }

    @Override
    public void start() {
        List<StoredSegment> found = overlapping();
        if (found.isEmpty()) {
            throw new TaskFailure(
                    "No segments found for compaction. Please check that datasource name and interval are correct.");
        }
        String hash =
                spec.json().at("/ioConfig/inputSpec/sha256OfSortedSegmentIds").asText(null);
        if (hash != null && !hash.equals(hash(found))) {
            throw new TaskFailure("Specified segments in the spec are different from the current used segments. "
                    + "Possibly new segments would have been added or some segments have been unpublished.");
        }
        compacted = found;
        Timeline timeline = new Timeline(store.used(spec.datasource()));
        for (StoredSegment segment : found) {
            if (publication.isCarried(taskId, segment)) {
                // Appended since the lock was taken: it joins the new version as it is (apache/druid #15085).
                continue;
            }
            for (StoredRows some : timeline.visibleRows(segment)) {
                TimeChunk chunk = spec.granularity()
                        .map(granularity -> TimeChunk.holding(some.time(), granularity))
                        .orElse(segment.chunk());
                rows.add(chunk, some);
            }
        }
    }

    @Override
    public void publish(Fate fate) {
        SegmentContents form = new SegmentContents(
                List.of(), compacted.get(0).columns(), compacted.get(0).metrics(), spec.storesCompactionState());
        List<StoredSegment> segments = new ArrayList<>();
        rows.byChunk().forEach((chunk, all) -> {
            String version = locks.over(taskId, chunk).orElseThrow().version();
            List<List<StoredRows>> parts = ChunkedRows.cut(all, spec.rowsPerSegment());
            for (int partition = 0; partition < parts.size(); partition++) {
                segments.add(publication.segment(
                        new SegmentKey(spec.datasource(), chunk, version, partition),
                        parts.size(),
                        form.with(parts.get(partition))));
            }
        });
        published = segments.size();
        publication.replace(taskId, segments);
    }

    /** What a compaction reads are stored rows. */
    @Override
    public TaskReport report(String failure) {
        long stored = rows.byChunk().values().stream()
                .flatMap(List::stream)
                .mapToLong(StoredRows::stored)
                .sum();
        return new TaskReport(stored, 0, 0, 0, published, List.of(), failure);
    }

    /** {@code org.apache.druid.segment.SegmentUtils.hashIds}. */
    private static String hash(List<StoredSegment> sorted) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            sorted.forEach(segment -> digest.update(segment.id().getBytes(StandardCharsets.UTF_8)));
            return new String(digest.digest(), StandardCharsets.UTF_8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
