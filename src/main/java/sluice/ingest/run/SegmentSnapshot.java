package sluice.ingest.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cluster looked like when a task was sent, to tell afterwards what the task did. What segments there are then
 * and were not before are the run's own; {@code SUCCESS} alone may be an older state of the cluster.
 *
 * @param before ids of the used segments in the run's chunks before submission
 * @param created ids of the segments that the run published; empty until it has succeeded
 * @param otherWriters ids of the other tasks that wrote to the datasource while this one did, where their locks let them: as
 *     long as there are some, {@code created} may hold segments of theirs
 * @param workers start times of the servers that run tasks, by name; empty where it does not matter
 */
@RegisterForReflection
public record SegmentSnapshot(
        Set<String> before, Set<String> created, List<String> otherWriters, Map<String, String> workers) {

    /** Of a run that was never submitted. */
    public static final SegmentSnapshot NONE = new SegmentSnapshot(Set.of(), Set.of(), List.of(), Map.of());

    public SegmentSnapshot {
        before = Set.copyOf(before);
        created = Set.copyOf(created);
        // Marks from before other writers were noted.
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

    /** The mark once it is known that all created segments are the run's. */
    public SegmentSnapshot own() {
        return new SegmentSnapshot(before, created, List.of(), workers);
    }

    /** Whether all created segments are the run's for certain. Others must not be taken back with them. */
    public boolean isOwn() {
        return otherWriters.isEmpty();
    }

    /** Why they are not, for a person. */
    public String doubt() {
        return "its segments cannot be told from those of " + otherWriters
                + ", which wrote to the datasource meanwhile, so nothing is taken back";
    }

    /** Servers that ran tasks at submission and have gone or begun anew since. */
    public List<String> restarted(Map<String, String> workersNow) {
        return workers.keySet().stream()
                .filter(name -> !workers.get(name).equals(workersNow.get(name)))
                .sorted()
                .toList();
    }
}
