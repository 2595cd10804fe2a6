package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a run's chunks before and after its task. A segment can only be the run's own if it is there afterwards and
 * was not before.
 *
 * @param before ids of the segments that were used in the run's chunks before submission
 * @param created ids of the segments that the run published; empty until its task has ended
 * @param otherWriters ids of other tasks that may have written to the chunks meanwhile; if there are some, {@code created}
 *     may contain segments of theirs
 * @param workers start times of the servers that run tasks, by name; empty if a restart would do no harm
 * @param takenAt when the snapshot was taken; null in snapshots of earlier versions
 * @param active ids of other tasks of the datasource that had not ended then; null if nobody knows, as in snapshots of earlier
 *     versions
 * @param takingBack why {@code created} is being taken back; null if it is not. It is stored first: after a crash in the middle
 *     nothing but this says that the segments are gone on purpose
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SegmentSnapshot(
        Set<String> before,
        Set<String> created,
        List<String> otherWriters,
        Map<String, String> workers,
        @Nullable Instant takenAt,
        @Nullable List<String> active,
        @Nullable Problem takingBack) {

    /** The snapshot of a run that was never submitted. */
    public static final SegmentSnapshot NONE =
            new SegmentSnapshot(Set.of(), Set.of(), List.of(), Map.of(), null, List.of(), null);

    private static final int MOST_TOLD = 3;

    public SegmentSnapshot {
        before = Set.copyOf(before);
        created = Set.copyOf(created);
        // Stored before other writers were noted.
        otherWriters = otherWriters == null ? List.of() : List.copyOf(otherWriters);
        workers = Map.copyOf(workers);
        active = active == null ? null : List.copyOf(active);
    }

    /** Returns the snapshot of a run whose task is about to be posted. */
    public static SegmentSnapshot before(
            Set<String> used, Map<String, String> workers, Instant now, @Nullable List<String> active) {
        return new SegmentSnapshot(used, Set.of(), List.of(), workers, now, active, null);
    }

    /** Returns the snapshot with the segments that the run created, and the other tasks that may have. */
    public SegmentSnapshot after(Set<String> own, List<String> others) {
        return new SegmentSnapshot(before, own, own.isEmpty() ? List.of() : others, workers, takenAt, active, null);
    }

    /** Returns the snapshot of a run whose segments are about to be marked unused. */
    public SegmentSnapshot takingBack(Problem reason) {
        return new SegmentSnapshot(before, created, otherWriters, workers, takenAt, active, reason);
    }

    /** Returns the snapshot of a run of which nobody knows what it published. */
    public SegmentSnapshot unknown(String whoMayHaveWritten) {
        return new SegmentSnapshot(before, created, List.of(whoMayHaveWritten), workers, takenAt, active, null);
    }

    /** Returns those of the segments that were not there before. */
    public Set<String> fresh(Collection<String> used) {
        Set<String> fresh = new TreeSet<>(used);
        fresh.removeAll(before);
        return fresh;
    }

    /** Returns the snapshot once it is known that all created segments are the run's. */
    public SegmentSnapshot own() {
        return after(created, List.of());
    }

    /** Returns true if all created segments are certainly the run's, so that they may be taken back. */
    @JsonIgnore
    public boolean isOwn() {
        return otherWriters.isEmpty();
    }

    /** Returns, for a person, why they may not be the run's, or why their rows may still be there. */
    public String doubt() {
        String others = otherWriters.stream().limit(MOST_TOLD).toList()
                + (otherWriters.size() > MOST_TOLD ? " and " + (otherWriters.size() - MOST_TOLD) + " more" : "");
        return takingBack == null
                ? "its segments cannot be told from those of " + others
                        + ", which wrote to the datasource meanwhile, so nothing is taken back"
                : "its segments are marked unused, but " + others
                        + " wrote to the datasource meanwhile and may have copied their rows";
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
