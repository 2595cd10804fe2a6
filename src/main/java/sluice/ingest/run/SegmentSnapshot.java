package sluice.ingest.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The segments of a run's chunks before and after its task. Segments that are there afterwards and were not before count as the
 * run's own.
 *
 * @param before ids of the segments that were used in the run's chunks before submission
 * @param created ids of the segments that the run published; empty until its task has succeeded
 * @param otherWriters ids of other tasks that wrote to the datasource meanwhile; if there are some, {@code created} may
 *     contain segments of theirs
 * @param workers start times of the servers that run tasks, by name; empty if a restart would do no harm
 */
@RegisterForReflection
public record SegmentSnapshot(
        Set<String> before, Set<String> created, List<String> otherWriters, Map<String, String> workers) {

    /** The snapshot of a run that was never submitted. */
    public static final SegmentSnapshot NONE = new SegmentSnapshot(Set.of(), Set.of(), List.of(), Map.of());

    public SegmentSnapshot {
        before = Set.copyOf(before);
        created = Set.copyOf(created);
        // Stored before other writers were noted.
        otherWriters = otherWriters == null ? List.of() : List.copyOf(otherWriters);
        workers = Map.copyOf(workers);
    }

    public static SegmentSnapshot before(Set<String> used, Map<String, String> workers) {
        return new SegmentSnapshot(used, Set.of(), List.of(), workers);
    }

    public SegmentSnapshot after(Set<String> used, List<String> others) {
        Set<String> own = new TreeSet<>(used);
        own.removeAll(before);
        return new SegmentSnapshot(before, own, own.isEmpty() ? List.of() : others, workers);
    }

    /** Returns the snapshot once it is known that all created segments are the run's. */
    public SegmentSnapshot own() {
        return new SegmentSnapshot(before, created, List.of(), workers);
    }

    /** Returns true if all created segments are certainly the run's, so that they may be taken back. */
    public boolean isOwn() {
        return otherWriters.isEmpty();
    }

    /** Returns, for a person, why they may not be the run's. */
    public String doubt() {
        return "its segments cannot be told from those of " + otherWriters
                + ", which wrote to the datasource meanwhile, so nothing is taken back";
    }

    /** Returns the servers that ran tasks at submission and have gone or restarted since. */
    public List<String> restarted(Map<String, String> workersNow) {
        return workers.entrySet().stream()
                .filter(server -> !server.getValue().equals(workersNow.get(server.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
