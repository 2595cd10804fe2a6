package sluice.simulation.druid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.core.batch.TimeChunk;

/** What Druid's metadata store has of a datasource: its segments, and the tasks that write to it. */
public final class MetadataStore {

    private final SegmentStore store;
    private final Overlord overlord;

    MetadataStore(SegmentStore store, Overlord overlord) {
        this.store = store;
        this.overlord = overlord;
    }

    /** Rows that queries will see once all views have caught up, by the object that they come from. */
    public SortedMap<String, Long> publishedRows(String datasource) {
        return bySource(new Timeline(store.used(datasource)));
    }

    static SortedMap<String, Long> bySource(Timeline timeline) {
        SortedMap<String, Long> rows = new TreeMap<>();
        timeline.visibleRows().forEach(some -> rows.merge(some.source(), some.stored(), Long::sum));
        return rows;
    }

    /** Tasks that have not ended and replace a time chunk, by time chunk. */
    public Map<TimeChunk, List<String>> replacing(String datasource) {
        Map<TimeChunk, List<String>> tasks = new HashMap<>();
        overlord.live().stream()
                .filter(task -> task.spec().datasource().equals(datasource)
                        && !task.spec().appends()
                        && !task.spec().isKill())
                .forEach(task -> task.work().chunks().forEach(chunk -> tasks.computeIfAbsent(
                                chunk, any -> new ArrayList<>())
                        .add(task.id())));
        return tasks;
    }

    /** Time chunks with segments that were marked used again, and that the coordinator has dropped once more. */
    public Set<TimeChunk> droppedAgain(String datasource) {
        return store.unused(datasource).stream()
                .filter(StoredSegment::isGoneAgain)
                .map(StoredSegment::chunk)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Time chunks with segments that were marked used again since they were published, whatever became of them then. */
    public Set<TimeChunk> putBack(String datasource) {
        return Stream.concat(store.used(datasource).stream(), store.unused(datasource).stream())
                .filter(StoredSegment::isPutBack)
                .map(StoredSegment::chunk)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Ids of the used segments of a time chunk that no newer version hides. */
    public Set<String> visibleSegments(String datasource, TimeChunk chunk) {
        Timeline timeline = new Timeline(store.used(datasource));
        return store.used(datasource).stream()
                .filter(segment -> segment.chunk().equals(chunk) && !timeline.isOvershadowed(segment))
                .map(StoredSegment::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether Druid knows a task, ended or not. */
    public boolean hasTask(String taskId) {
        return overlord.find(taskId).isPresent();
    }

    /** Whether a task has not ended. */
    public boolean hasLiveTask(String taskId) {
        return overlord.find(taskId).filter(task -> task.phase() != Phase.ENDED).isPresent();
    }
}
