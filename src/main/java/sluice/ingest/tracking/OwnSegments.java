package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.SegmentId;

/**
 * Tells the segments that a run's task has published from those of others, who may write to the chunks before the task gets its
 * locks, beside it, or after it.
 *
 * <p>Druid does not say which task made a segment. Two things do. A replace holds the lock on its chunks alone, so of the segments
 * that are new it has those of one version, and versions are the times at which locks were given. And {@code sys.tasks} lists the
 * tasks that wrote to the datasource. Where neither is enough, the snapshot names the other writers, and nobody takes its segments
 * back.
 *
 * @see <a href="https://druid.apache.org/docs/latest/ingestion/tasks#locking">Locking</a>
 */
@ApplicationScoped
class OwnSegments {

    /** How much the clocks of Sluice and of the overlord may differ. */
    static final Duration CLOCKS = Duration.ofSeconds(5);

    private final OtherWriters others;
    private final Clock clock;

    OwnSegments(OtherWriters others, Clock clock) {
        this.others = others;
        this.clock = clock;
    }

    /**
     * Returns the snapshot with the segments of a task that has succeeded. It asks for other writers only if versions and counts do
     * not show whose the segments are.
     *
     * @param runTime how long the task ran
     * @param published how many segments the task reports; empty if it does not
     */
    SegmentSnapshot ofSuccess(
            Run run,
            Plan plan,
            SegmentSnapshot snapshot,
            Duration runTime,
            OptionalLong published,
            DruidCluster cluster) {
        Set<String> fresh = fresh(run, snapshot, cluster);
        if (!run.isBatch()) {
            // The verification of a compaction tells its segments from those appended meanwhile.
            return snapshot.after(fresh, List.of());
        }
        boolean replaces = run.mode() == Mode.REPLACE;
        Set<String> possible = replaces ? newest(run.datasource(), fresh, latestStart(runTime)) : fresh;
        // If there are none, others have replaced the task's segments, and the coordinator has dropped them.
        boolean replaced = possible.isEmpty();
        Set<String> own = replaced ? newest(run.datasource(), fresh, Instant.MAX) : possible;
        boolean evident = !replaced
                && (published.isPresent() ? published.getAsLong() == own.size() : !plan.isConcurrent())
                && (replaces
                        ? isOfTheLock(run, snapshot, own, runTime)
                        : published.isPresent() && isOfTheAppend(run, snapshot, own));
        if (own.isEmpty() || evident) {
            return snapshot.after(own, List.of());
        }
        List<String> writers = others.of(run, snapshot, cluster);
        boolean tooMany = published.isPresent() && own.size() > published.getAsLong();
        return snapshot.after(own, writers.isEmpty() && (tooMany || replaced) ? OtherWriters.UNLISTED : writers);
    }

    /** Returns the latest time, by the overlord's clock, at which a task that has ended and ran so long may have begun. */
    private Instant latestStart(Duration runTime) {
        return clock.instant().minus(runTime).plus(CLOCKS);
    }

    /**
     * Returns the snapshot with the segments that a task left behind which did not succeed. A worker may have died after its task
     * published and before it reported.
     */
    SegmentSnapshot ofFailure(Run run, SegmentSnapshot snapshot, DruidCluster cluster) {
        Set<String> fresh = fresh(run, snapshot, cluster);
        Set<String> own = run.mode() == Mode.REPLACE ? newest(run.datasource(), fresh, Instant.MAX) : fresh;
        return snapshot.after(own, own.isEmpty() ? List.of() : others.of(run, snapshot, cluster));
    }

    /** Returns the snapshot with all tasks that may have written its segments. Ask before segments are marked unused. */
    SegmentSnapshot confirmed(Run run, SegmentSnapshot snapshot, DruidCluster cluster) {
        if (!run.isBatch() || !snapshot.isOwn() || snapshot.created().isEmpty()) {
            return snapshot;
        }
        Set<SegmentId> own = groups(run.datasource(), snapshot.created());
        // Rows that were appended to the run's version since would be hidden with it.
        boolean extended = fresh(run, snapshot, cluster).stream()
                .filter(id -> !snapshot.created().contains(id))
                .flatMap(id -> SegmentId.of(run.datasource(), id).stream())
                .anyMatch(own::contains);
        List<String> writers = others.of(run, snapshot, cluster);
        return snapshot.after(snapshot.created(), writers.isEmpty() && extended ? OtherWriters.UNLISTED : writers);
    }

    /**
     * Returns the snapshot of a run whose segments are marked unused, with all tasks that may have copied their rows, or hidden what
     * is put back in place.
     *
     * @param snapshot says why they are taken back
     */
    SegmentSnapshot takenBack(Run run, SegmentSnapshot snapshot, DruidCluster cluster) {
        SegmentSnapshot confirmed = confirmed(run, snapshot, cluster);
        List<String> writers =
                confirmed.isOwn() && hiding(run, snapshot, cluster).isPresent()
                        ? OtherWriters.UNLISTED
                        : confirmed.otherWriters();
        return confirmed
                .after(snapshot.created(), writers)
                .takingBack(Objects.requireNonNull(snapshot.takingBack(), "why it is taken back"));
    }

    /**
     * Returns a segment of others that hides what a replace had found; empty if there is none. Where the coordinator drops the earlier
     * segments while the run's own are marked unused, the time chunk is empty, and whoever writes to it then begins a newer version.
     */
    Optional<String> hiding(Run run, SegmentSnapshot snapshot, DruidCluster cluster) {
        if (!run.isBatch() || run.mode() != Mode.REPLACE || snapshot.before().isEmpty()) {
            return Optional.empty();
        }
        Set<SegmentId> before = groups(run.datasource(), snapshot.before());
        return fresh(run, snapshot, cluster).stream()
                .filter(id -> !snapshot.created().contains(id))
                .filter(id -> SegmentId.of(run.datasource(), id)
                        .filter(segment -> before.stream().anyMatch(other -> isNewer(segment, other)))
                        .isPresent())
                .min(String::compareTo);
    }

    private static Set<String> fresh(Run run, SegmentSnapshot snapshot, DruidCluster cluster) {
        return snapshot.fresh(cluster.segmentUsage().used(run.datasource(), run.intervals()));
    }

    /** Returns the segments of locks given by that time that none of the others of such locks is newer than. */
    private static Set<String> newest(String datasource, Set<String> ids, Instant latest) {
        Map<String, SegmentId> parsed = new HashMap<>();
        ids.forEach(id -> SegmentId.of(datasource, id)
                .filter(segment -> !versionTime(segment).orElse(Instant.MIN).isAfter(latest))
                .ifPresent(segment -> parsed.put(id, segment)));
        // Mostly one version, so there is nothing to compare.
        Set<SegmentId> groups = Set.copyOf(parsed.values());
        return parsed.entrySet().stream()
                .filter(entry -> groups.stream().noneMatch(other -> isNewer(other, entry.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isNewer(SegmentId one, SegmentId other) {
        return one.version().compareTo(other.version()) > 0 && one.overlaps(other.start(), other.end());
    }

    /**
     * Returns, sorted, those of a run's own segments that are older than segments that were there before it, and so replace nothing.
     */
    static List<String> hidden(String datasource, SegmentSnapshot snapshot) {
        Set<SegmentId> before = groups(datasource, snapshot.before());
        return snapshot.created().stream()
                .filter(id -> SegmentId.of(datasource, id)
                        .filter(segment -> before.stream().anyMatch(other -> isNewer(other, segment)))
                        .isPresent())
                .sorted()
                .toList();
    }

    /**
     * Returns true if the lock was given before the task can have ended. Whoever wrote after the task has a later version, and
     * whoever wrote before it an earlier one.
     */
    private static boolean isOfTheLock(Run run, SegmentSnapshot snapshot, Set<String> own, Duration runTime) {
        Instant taken = snapshot.takenAt();
        if (taken == null) {
            return false;
        }
        Instant earliestEnd = taken.plus(runTime).minus(CLOCKS);
        return own.stream().allMatch(id -> SegmentId.of(run.datasource(), id)
                .flatMap(OwnSegments::versionTime)
                .filter(version -> version.isBefore(earliestEnd))
                .isPresent());
    }

    /** Returns true if all are in the version that the task appended to. Segments that rewrite others have a new version. */
    private static boolean isOfTheAppend(Run run, SegmentSnapshot snapshot, Set<String> own) {
        Set<SegmentId> before = groups(run.datasource(), snapshot.before());
        return groups(run.datasource(), own).stream().allMatch(segment -> before.stream()
                .filter(other -> other.overlaps(segment.start(), segment.end()))
                .map(SegmentId::version)
                .max(String::compareTo)
                .map(version -> version.equals(segment.version()))
                .orElseGet(segment::isBegunByAppend));
    }

    /** Returns the time chunks and versions of segments, without those that cannot be read. */
    private static Set<SegmentId> groups(String datasource, Collection<String> ids) {
        return ids.stream()
                .flatMap(id -> SegmentId.of(datasource, id).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Instant> versionTime(SegmentId segment) {
        try {
            return Optional.of(Instant.parse(segment.version()));
        } catch (DateTimeParseException exception) {
            return Optional.empty();
        }
    }
}
