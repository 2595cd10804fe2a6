package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.hold.Hold;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.tracking.RunTakeBack;
import sluice.platform.druid.ChunkSegment;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.EarlierSegments;
import sluice.platform.druid.SegmentId;
import sluice.platform.druid.SegmentState;
import sluice.platform.druid.TaskLock;

/**
 * Restores the time chunks of one unit. Earlier segments are marked used first, then the bad ones unused, so queries always find
 * data. Druid's call for a single segment marks it used even if newer ones overshadow it. The unit's leases keep runs and kill
 * runs away until it is verified.
 */
@ApplicationScoped
class UnitRestore {

    private final RunStore runs;
    private final RunTakeBack takeBack;
    private final LeaseStore leases;
    private final HoldStore holds;
    private final RunReloads reloads;
    private final UnitsGivenUp givenUp;

    UnitRestore(
            RunStore runs,
            RunTakeBack takeBack,
            LeaseStore leases,
            HoldStore holds,
            RunReloads reloads,
            UnitsGivenUp givenUp) {
        this.runs = runs;
        this.takeBack = takeBack;
        this.leases = leases;
        this.holds = holds;
        this.reloads = reloads;
        this.givenUp = givenUp;
    }

    /**
     * What became of a unit.
     *
     * @param rollback the rollback with the result
     * @param waits why nothing was done yet; null if the unit is done or refused
     */
    record Result(Rollback rollback, @Nullable String waits) {}

    /** Restores the unit. It is idempotent, so a crash in between does no harm. */
    Result restore(Rollback rollback, RestoreUnit unit, DruidCluster cluster) {
        List<Run> loaded =
                unit.runs().stream().filter(run -> hasLoaded(rollback, run)).toList();
        if (loaded.isEmpty()) {
            return new Result(reloads.stopped(rollback, unit), null);
        }
        String datasource = rollback.datasource();
        UnitSegments segments = segments(rollback, unit, loaded);
        if (!segments.doubts().isEmpty()) {
            return new Result(givenUp.without(rollback, unit, String.join("; ", segments.doubts())), null);
        }
        Optional<Hold> hold = holds.on(datasource, unit.chunks());
        // A hold that came after the segments were marked unused protects nothing any more.
        if (hold.isPresent()
                && !(segments.begun()
                        && segments.areTakenBack(cluster.segmentUsage().used(datasource, unit.intervals())))) {
            return refused(rollback, unit, "they are " + hold.get().text());
        }
        Optional<String> holder = leases.take(operation(rollback), feed(rollback, unit), unit.chunks());
        if (holder.isPresent()) {
            return new Result(rollback, holder.get() + " writes " + unit.text());
        }
        Optional<String> locked =
                cluster.tasks().lock(datasource, unit.chunks()).map(lock -> locked(lock, unit));
        if (locked.isPresent()) {
            return new Result(rollback, locked.get());
        }
        return marked(rollback, unit, loaded, segments, cluster);
    }

    private UnitSegments segments(Rollback rollback, RestoreUnit unit, List<Run> loaded) {
        return UnitSegments.of(rollback, loaded, runs, since -> reloads.unexplained(rollback, unit, since));
    }

    private Result marked(
            Rollback rollback, RestoreUnit unit, List<Run> loaded, UnitSegments segments, DruidCluster cluster) {
        String datasource = rollback.datasource();
        Set<String> used = cluster.segmentUsage().used(datasource, unit.intervals());
        Set<String> foreign =
                segments.foreign(datasource, used, cluster.servedSegments().within(datasource, unit.chunks()));
        if (!foreign.isEmpty()) {
            if (reloads.haveLoaded(rollback, unit, foreign)) {
                return done(takenBack(rollback, loaded), unit);
            }
            if (!segments.areTakenBack(used)) {
                String why =
                        others(foreign) + ", and their rows would be hidden or would hide what is restored; request a"
                                + " run of the interval instead";
                return done(refused(rollback, unit, why).rollback(), unit);
            }
        }
        note(rollback, loaded);
        Set<String> absent = EarlierSegments.markAbsent(cluster.segmentUsage(), datasource, used, segments.earlier());
        Set<String> usedAgain = absent.isEmpty() ? used : cluster.segmentUsage().used(datasource, unit.intervals());
        Set<String> gone = new TreeSet<>(segments.earlier());
        gone.removeAll(usedAgain);
        int takenBack =
                segments.created().isEmpty() ? 0 : cluster.segmentUsage().markUnused(datasource, segments.created());
        Set<String> existing = new TreeSet<>(segments.earlier());
        existing.removeAll(gone);
        EarlierSegments.markUsed(cluster.segmentUsage(), datasource, unit.intervals(), existing);
        // Locks first: a task that has returned its lock by now has published.
        Optional<String> rewriting = rewriting(cluster, datasource, unit);
        if (rewriting.isPresent()) {
            return new Result(rollback, rewriting.get());
        }
        Set<String> rewritten =
                segments.rewritten(datasource, cluster.segmentUsage().used(datasource, unit.intervals()));
        if (!rewritten.isEmpty()) {
            return done(givenUp.copied(rollback, unit, others(rewritten)), unit);
        }
        Rollback next = rollback.restored(new Rollback.Restored(
                cluster.name(),
                takenBack,
                (int) absent.stream().filter(usedAgain::contains).count(),
                gone.size(),
                0));
        if (!foreign.isEmpty()) {
            // Nobody knows whether their rows were made of those that are taken back.
            Rollback problem = next.problem("nothing was loaded again in " + unit.text() + ": " + others(foreign)
                    + ", while the restore was interrupted; compare the datasource, and request a run of the interval");
            return done(takenBack(problem, loaded), unit);
        }
        Set<TimeChunk> lost = lost(datasource, loaded, segments.earlier(), gone);
        for (Run run : loaded) {
            if (run.mode() == Mode.APPEND && !gone.isEmpty()) {
                next = next.problem(gone.size() + " segments of " + datasource + " in cluster " + cluster.name()
                        + " no longer exist, the first is " + gone.iterator().next()
                        + "; request a run of the objects that they were made of");
            }
            if (run.isBatch() && run.chunks().stream().anyMatch(lost::contains)) {
                next = reloads.reload(next, run, "rollback " + datasource + " " + rollback.number() + " " + run.id());
            }
        }
        return done(takenBack(next, loaded), unit);
    }

    private static String locked(TaskLock lock, RestoreUnit unit) {
        return "task " + lock.group() + " has locked " + unit.text();
    }

    /** A compaction may have begun after the locks were asked for, and read rows that are marked unused by now. */
    private static Optional<String> rewriting(DruidCluster cluster, String datasource, RestoreUnit unit) {
        return cluster.tasks()
                .rewritingLock(datasource, unit.chunks())
                .map(lock -> locked(lock, unit) + " while it was restored, and may have copied rows");
    }

    private Result done(Rollback rollback, RestoreUnit unit) {
        return new Result(reloads.stopped(rollback, unit), null);
    }

    private static String others(Set<String> foreign) {
        return "others have written " + foreign.size() + " segments since, the first is "
                + foreign.iterator().next();
    }

    /** Notes that the segments are about to be marked, so that an interrupted step is not taken for one that has done nothing. */
    private void note(Rollback rollback, List<Run> loaded) {
        for (Run run : loaded) {
            Optional<Run.Load> load = isTakenBack(rollback, run) ? Optional.empty() : run.load();
            load.ifPresent(one -> runs.segmentMark(run, one)
                    .ifPresent(snapshot -> runs.mark(run, one, snapshot.takingBack(takingBack(rollback)))));
        }
    }

    /** Why segments are taken back. */
    static Problem takingBack(Rollback rollback) {
        return new Problem(Problem.Code.DEFINITION_ROLLED_BACK, Rollbacks.reason(rollback));
    }

    private Rollback takenBack(Rollback rollback, List<Run> loaded) {
        loaded.stream()
                .filter(run -> !isTakenBack(rollback, run))
                .forEach(run -> takeBack.rolledBack(run, Rollbacks.reason(rollback)));
        return rollback;
    }

    private static Result refused(Rollback rollback, RestoreUnit unit, String why) {
        return new Result(rollback.problem("nothing was restored in " + unit.text() + ": " + why), null);
    }

    /**
     * Compares what a unit serves with what was restored. Returns the rollback with the rows or a problem; empty if data servers do
     * not have everything yet.
     */
    Optional<Rollback> verified(Rollback rollback, RestoreUnit unit, DruidCluster cluster) {
        String datasource = rollback.datasource();
        List<Run> loaded =
                unit.runs().stream().filter(run -> hasLoaded(rollback, run)).toList();
        UnitSegments segments = segments(rollback, unit, loaded);
        Set<String> used = cluster.segmentUsage().used(datasource, unit.intervals());
        Set<String> expected = new TreeSet<>(segments.earlier());
        expected.retainAll(used);
        if (expected.isEmpty() || used.stream().anyMatch(segments.created()::contains)) {
            return Optional.of(rollback);
        }
        List<ChunkSegment> listed = cluster.servedSegments().within(datasource, unit.chunks());
        if (listed.stream().map(ChunkSegment::id).anyMatch(segments.created()::contains)) {
            // From Druid 37 on, brokers poll for used segments (apache/druid #19075). Until they have,
            // what was taken back hides what was restored.
            return Optional.empty();
        }
        Map<String, SegmentState> states = cluster.servedSegments().states(datasource, expected);
        List<String> missing = SegmentState.notServed(expected, states);
        if (!missing.isEmpty()) {
            return Optional.empty();
        }
        List<String> hidden = states.values().stream()
                .filter(SegmentState::overshadowed)
                .map(SegmentState::id)
                .sorted()
                .toList();
        if (!hidden.isEmpty()) {
            return Optional.of(rollback.problem(hidden.size() + " restored segments in " + unit.text()
                    + " are hidden by a newer version, the first is " + hidden.get(0)
                    + ": somebody has written the chunk since, perhaps Druid's own compaction"));
        }
        long stored = listed.stream().mapToLong(ChunkSegment::rows).sum();
        long counted =
                cluster.queries().totals(datasource, unit.chunks(), List.of()).rows();
        return stored == counted
                ? Optional.of(rollback.restored(new Rollback.Restored(cluster.name(), 0, 0, 0, counted)))
                : Optional.empty();
    }

    /** Returns the leases of a unit. */
    void release(Rollback rollback, RestoreUnit unit) {
        leases.release(operation(rollback), feed(rollback, unit), unit.chunks());
    }

    private static String operation(Rollback rollback) {
        return "rollback " + rollback.number() + " of " + rollback.datasource();
    }

    private static Feed feed(Rollback rollback, RestoreUnit unit) {
        return new Feed(unit.cluster(), rollback.datasource());
    }

    /** Includes runs that an interrupted attempt of this rollback has already taken back. */
    static boolean hasLoaded(Rollback rollback, Run run) {
        boolean isStopped = rollback.stopped().contains(run.id()) && run.hasEnded() && !run.mayHaveLoaded();
        return rollback.data() && !isStopped && (run.mayHaveLoaded() || hasRolledBack(rollback, run));
    }

    /** Returns true if an interrupted attempt of this rollback has taken back what the run had loaded. */
    static boolean isTakenBack(Rollback rollback, Run run) {
        return hasRolledBack(rollback, run) && run.takenBack().isPresent();
    }

    private static boolean hasRolledBack(Rollback rollback, Run run) {
        return run.state() instanceof RunState.RolledBack end && !end.since().isBefore(rollback.startedAt());
    }

    /**
     * Returns the time chunks to load: those that were empty before, those with lost segments, and those of appending
     * runs, which replaced nothing.
     */
    private static Set<TimeChunk> lost(String datasource, List<Run> loaded, Set<String> earlier, Set<String> gone) {
        Set<TimeChunk> lost = new HashSet<>();
        for (Run run : loaded) {
            for (TimeChunk chunk : run.chunks()) {
                boolean none = earlier.stream().noneMatch(id -> isOf(datasource, id, chunk));
                boolean some = gone.stream().anyMatch(id -> isOf(datasource, id, chunk));
                if (none || some || run.mode() == Mode.APPEND) {
                    lost.add(chunk);
                }
            }
        }
        return lost;
    }

    private static boolean isOf(String datasource, String id, TimeChunk chunk) {
        return SegmentId.of(datasource, id)
                .filter(segment -> segment.overlaps(chunk.start(), chunk.end()))
                .isPresent();
    }
}
