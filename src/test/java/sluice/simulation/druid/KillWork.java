package sluice.simulation.druid;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.TaskReport;

/** A {@code kill} task: deletes unused segments that lie in its interval. */
final class KillWork implements TaskWork {

    private final TaskSpec spec;
    private final SegmentStore store;
    private int killed;

    KillWork(TaskSpec spec, SegmentStore store) {
        this.spec = spec;
        this.store = store;
    }

    @Override
    public List<TimeChunk> chunks() {
        return spec.intervals();
    }

    @Override
    public void start() {}

    @Override
    public void publish(Fate fate) {
        List<String> versions = new ArrayList<>();
        spec.json().path("versions").forEach(version -> versions.add(version.asText()));
        String latest = spec.json().path("maxUsedStatusLastUpdatedTime").asText(null);
        TimeChunk interval = spec.intervals().get(0);
        List<StoredSegment> doomed = store.unused(spec.datasource()).stream()
                .filter(segment -> Timeline.contains(interval, segment.chunk()))
                .filter(segment -> versions.isEmpty() || versions.contains(segment.version()))
                .filter(segment -> latest == null || !segment.markedAt().isAfter(Instant.parse(latest)))
                .limit(spec.json().path("limit").asLong(Long.MAX_VALUE))
                .toList();
        doomed.forEach(StoredSegment::delete);
        killed = doomed.size();
    }

    /** The report of a kill task has no rows. */
    @Override
    public TaskReport report(String failure) {
        return new TaskReport(0, 0, 0, 0, -1, List.of(), null);
    }

    @Override
    public OptionalInt killed() {
        return OptionalInt.of(killed);
    }
}
