package sluice.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Ids of the segments in a run's chunks: noted before its task is sent, and again once it has ended. What is there
 * afterwards and was not before is the run's own; {@code SUCCESS} alone may be an older state of the cluster.
 *
 * @param before used segments before submission
 * @param created segments that the run published; empty until it has succeeded
 */
@RegisterForReflection
record SegmentMark(Set<String> before, Set<String> created) {

    SegmentMark {
        before = Set.copyOf(before);
        created = Set.copyOf(created);
    }

    SegmentMark after(Set<String> used) {
        Set<String> own = new TreeSet<>(used);
        own.removeAll(before);
        return new SegmentMark(before, own);
    }
}
