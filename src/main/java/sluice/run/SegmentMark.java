package sluice.run;

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
 * @param workers start times of the servers that run tasks, by name; empty where it does not matter
 */
@RegisterForReflection
public record SegmentMark(Set<String> before, Set<String> created, Map<String, String> workers) {

    public SegmentMark {
        before = Set.copyOf(before);
        created = Set.copyOf(created);
        workers = Map.copyOf(workers);
    }

    SegmentMark after(Set<String> used) {
        Set<String> own = new TreeSet<>(used);
        own.removeAll(before);
        return new SegmentMark(before, own, workers);
    }

    /** Servers that ran tasks at submission and have gone or begun anew since. */
    List<String> restarted(Map<String, String> workersNow) {
        return workers.keySet().stream()
                .filter(name -> !workers.get(name).equals(workersNow.get(name)))
                .sorted()
                .toList();
    }
}
