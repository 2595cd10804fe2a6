package sluice.simulation.druid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.TimeChunk;

/**
 * Publishes segments, and keeps rows that are appended beside a concurrent replace: those that were committed before the
 * replace are carried into its version when it commits, those that come later join its version when they are committed.
 *
 * @see <a href="https://druid.apache.org/docs/latest/ingestion/concurrent-append-replace">Concurrent append and replace</a>
 */
final class Publication {

    private record ToUpgrade(StoredSegment segment, String version) {}

    private final SegmentStore store;
    private final Lockbox locks;
    /** Keys that running tasks have allocated, with the task. */
    private final Map<SegmentKey, String> pending = new LinkedHashMap<>();
    /** Where an allocated key goes as well, after a concurrent replace has committed. */
    private final Map<SegmentKey, Allocation> upgradedPending = new HashMap<>();
    /** What was appended under the locks of a replacing task, by task. */
    private final Map<String, List<ToUpgrade>> appendedBeside = new HashMap<>();

    Publication(SegmentStore store, Lockbox locks) {
        this.store = store;
        this.locks = locks;
    }

    /** A segment of the task, without rows that the store has published. */
    StoredSegment segment(SegmentKey key, int corePartitions, SegmentContents contents) {
        return new StoredSegment(key, corePartitions, contents, store.lags().counted());
    }

    Allocation allocate(String taskId, TaskSpec spec, StoredRows first, TimeChunk chunk) {
        HeldLock lock = locks.over(taskId, chunk).orElseThrow();
        Allocation allocation =
                store.allocate(spec.datasource(), first.time(), chunk, lock.version(), pending.keySet());
        pending.put(allocation.key(), taskId);
        return allocation;
    }

    /** Whether a replacing task carries the segment into its version, because it was appended beside its lock. */
    boolean isCarried(String taskId, StoredSegment segment) {
        return appendedBeside.getOrDefault(taskId, List.of()).stream()
                .anyMatch(appended -> appended.segment() == segment);
    }

    /** Forgets what a task has allocated, once it has ended. */
    void forget(String taskId) {
        pending.values().removeIf(taskId::equals);
        appendedBeside.remove(taskId);
        upgradedPending.keySet().retainAll(pending.keySet());
    }

    void append(String taskId, List<StoredSegment> segments) {
        List<StoredSegment> all = new ArrayList<>(segments);
        for (StoredSegment segment : segments) {
            Optional.ofNullable(upgradedPending.get(segment.key()))
                    .ifPresent(upgrade -> all.add(segment.upgraded(upgrade.key(), upgrade.corePartitions())));
            for (HeldLock lock : locks.replacing(segment.key().datasource(), segment.chunk(), taskId)) {
                appendedBeside
                        .computeIfAbsent(lock.taskId(), any -> new ArrayList<>())
                        .add(new ToUpgrade(segment, lock.version()));
            }
        }
        store.publish(all);
    }

    void replace(String taskId, List<StoredSegment> segments) {
        Map<TimeChunk, Integer> last = new LinkedHashMap<>();
        segments.forEach(segment -> last.merge(segment.chunk(), segment.key().partition(), Math::max));
        List<StoredSegment> all = new ArrayList<>(segments);
        if (!segments.isEmpty()) {
            for (ToUpgrade appended : appendedBeside.getOrDefault(taskId, List.of())) {
                TimeChunk chunk = target(appended.segment().chunk(), last);
                int partition = last.merge(chunk, 0, (before, any) -> before + 1);
                SegmentKey key =
                        new SegmentKey(appended.segment().key().datasource(), chunk, appended.version(), partition);
                all.add(appended.segment().upgraded(key, 0));
            }
        }
        List<StoredSegment> complete = new ArrayList<>();
        for (StoredSegment segment : all) {
            int core = segment.isTombstone() ? 1 : last.get(segment.chunk()) + 1;
            complete.add(segment.upgraded(segment.key(), core));
        }
        store.publish(complete);
        upgradePending(taskId, complete, last);
    }

    private void upgradePending(String taskId, List<StoredSegment> published, Map<TimeChunk, Integer> last) {
        pending.forEach((key, holder) -> published.stream()
                .filter(segment -> !holder.equals(taskId)
                        && segment.key().datasource().equals(key.datasource())
                        && Timeline.contains(segment.chunk(), key.chunk())
                        && segment.version().compareTo(key.version()) > 0)
                .findFirst()
                .ifPresent(segment -> upgradedPending.put(
                        key,
                        new Allocation(
                                new SegmentKey(
                                        key.datasource(),
                                        segment.chunk(),
                                        segment.version(),
                                        last.merge(segment.chunk(), 0, (before, any) -> before + 1)),
                                segment.corePartitions()))));
    }

    private static TimeChunk target(TimeChunk chunk, Map<TimeChunk, Integer> replaced) {
        return replaced.keySet().stream()
                .filter(other -> Timeline.contains(other, chunk))
                .findFirst()
                .orElse(chunk);
    }
}
