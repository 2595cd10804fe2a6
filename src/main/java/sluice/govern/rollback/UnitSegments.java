package sluice.govern.rollback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import sluice.core.batch.RunKind;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.ChunkSegment;
import sluice.platform.druid.SegmentId;

/**
 * What is known of the segments of a unit's time chunks.
 *
 * @param created segments of the bad runs
 * @param whole those that are whole versions of the chunks, to which others may have appended since: segments of replacing runs, and
 *     what a compaction has made of appended ones
 * @param before segments that the bad runs found and that hold no rows of a bad run
 * @param earlier those of them that the chunks served; older versions were overshadowed then, too
 * @param doubts why segments cannot be told from those of others, one per run
 * @param begun whether an interrupted step of the rollback was about to mark them
 */
record UnitSegments(
        Set<String> created,
        Set<String> whole,
        Set<String> before,
        Set<String> earlier,
        List<String> doubts,
        boolean begun) {

    UnitSegments {
        created = Set.copyOf(created);
        whole = Set.copyOf(whole);
        before = Set.copyOf(before);
        earlier = Set.copyOf(earlier);
        doubts = List.copyOf(doubts);
    }

    /**
     * @param loaded the bad runs; of those that the rollback has taken back already, what it took back
     * @param unexplained leaves out segments that good runs have loaded from their files
     */
    static UnitSegments of(Rollback rollback, List<Run> loaded, RunStore runs, UnaryOperator<Set<String>> unexplained) {
        Set<String> created = new TreeSet<>();
        Set<String> whole = new TreeSet<>();
        Set<String> appended = new TreeSet<>();
        Set<String> before = new TreeSet<>();
        List<String> doubts = new ArrayList<>();
        boolean begun = false;
        for (Run run : loaded) {
            Optional<Run.Load> load = UnitRestore.isTakenBack(rollback, run) ? run.takenBack() : run.load();
            Optional<SegmentSnapshot> snapshot =
                    load.map(one -> runs.segmentMark(run, one)).orElseGet(() -> runs.segmentMark(run));
            if (snapshot.isEmpty()) {
                doubts.add("run " + run.id() + ": the table does not know its segments any more");
            } else if (load.filter(Run.Load::isInDoubt).isPresent()
                    && snapshot.get().isOwn()) {
                doubts.add("run " + run.id() + ": nobody knows its segments");
            } else if (snapshot.get().isOwn()) {
                created.addAll(snapshot.get().created());
                Set<String> kept = isReplacing(run) ? Set.of() : appended(rollback.datasource(), snapshot.get());
                snapshot.get().created().forEach(id -> (kept.contains(id) ? appended : whole).add(id));
                before.addAll(snapshot.get().before());
                begun |= UnitRestore.takingBack(rollback).equals(snapshot.get().takingBack());
            } else {
                doubts.add("run " + run.id() + ": " + snapshot.get().doubt());
            }
        }
        before.removeAll(created);
        whole.removeAll(appended);
        // A later bad run found what somebody had made of an earlier one's rows, such as a compaction.
        Set<String> since = since(rollback.datasource(), created, before);
        before.removeAll(since.isEmpty() ? since : unexplained.apply(since));
        return new UnitSegments(created, whole, before, newest(rollback.datasource(), before), doubts, begun);
    }

    private static boolean isReplacing(Run run) {
        return run.kind() == RunKind.COMPACT || run.mode() == Mode.REPLACE;
    }

    /** Returns those that joined a version that was there before, or began one that others may append to just as well. */
    private static Set<String> appended(String datasource, SegmentSnapshot snapshot) {
        Set<String> versions = snapshot.before().stream()
                .flatMap(id -> SegmentId.of(datasource, id).stream())
                .map(SegmentId::version)
                .collect(Collectors.toUnmodifiableSet());
        return snapshot.created().stream()
                .filter(id -> SegmentId.of(datasource, id)
                        .filter(segment -> segment.isBegunByAppend() || versions.contains(segment.version()))
                        .isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the segments of the newest version of each time chunk. */
    private static Set<String> newest(String datasource, Set<String> segments) {
        Map<String, String> versions = new HashMap<>();
        for (String id : segments) {
            SegmentId.of(datasource, id)
                    .ifPresent(segment -> versions.merge(
                            segment.interval(),
                            segment.version(),
                            (left, right) -> left.compareTo(right) < 0 ? right : left));
        }
        return segments.stream()
                .filter(id -> SegmentId.of(datasource, id)
                        .filter(segment -> segment.version().equals(versions.get(segment.interval())))
                        .isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns true if an interrupted step of the rollback has marked the segments of the bad runs unused. */
    boolean areTakenBack(Set<String> used) {
        return begun && created.stream().noneMatch(used::contains);
    }

    /**
     * Returns the used segments that would vanish with the bad ones, or hide what is restored: those that others wrote since the
     * first bad run. Rows that are appended to a version get partitions behind its core. Once the core is unused, the version is not complete any more,
     * and they cannot be queried either.
     *
     * @param used ids of the used segments of the chunks
     * @param active the segments that queries see
     */
    Set<String> foreign(String datasource, Set<String> used, Collection<ChunkSegment> active) {
        if (created.isEmpty()) {
            return Set.of();
        }
        String newestOwn = newestVersion(datasource, created);
        String newestWhole = newestVersion(datasource, whole);
        Set<String> foreign = new TreeSet<>();
        for (String id : used) {
            String version =
                    SegmentId.of(datasource, id).map(SegmentId::version).orElse("");
            if (!created.contains(id) && (version.compareTo(newestOwn) > 0 || version.equals(newestWhole))) {
                foreign.add(id);
            }
        }
        Set<String> found = new TreeSet<>(used);
        found.removeAll(before);
        foreign.addAll(since(datasource, created, found));
        active.stream()
                .filter(segment -> whole.contains(segment.id()) && !segment.isCore())
                .map(ChunkSegment::id)
                .forEach(foreign::add);
        return foreign;
    }

    /**
     * Returns the used segments that a task of somebody else has made of the whole chunk after the bad runs. Their rows may be those
     * of the bad segments.
     *
     * @param used ids of the used segments of the chunks
     */
    Set<String> rewritten(String datasource, Set<String> used) {
        String newestOwn = newestVersion(datasource, created);
        return used.stream()
                .filter(id -> !created.isEmpty() && !created.contains(id) && !earlier.contains(id))
                .filter(id -> SegmentId.of(datasource, id)
                        .filter(segment ->
                                !segment.isBegunByAppend() && segment.version().compareTo(newestOwn) > 0)
                        .isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns those of a newer version than a segment of a bad run in the same time. Somebody may have made them of its rows. */
    private static Set<String> since(String datasource, Set<String> created, Set<String> ids) {
        List<SegmentId> bad = created.stream()
                .flatMap(id -> SegmentId.of(datasource, id).stream())
                .distinct()
                .toList();
        return ids.stream()
                .filter(id -> !created.contains(id))
                .filter(id -> SegmentId.of(datasource, id)
                        .filter(segment -> bad.stream()
                                .anyMatch(one -> one.overlaps(segment.start(), segment.end())
                                        && one.version().compareTo(segment.version()) < 0))
                        .isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String newestVersion(String datasource, Set<String> ids) {
        return ids.stream()
                .flatMap(id -> SegmentId.of(datasource, id).stream())
                .map(SegmentId::version)
                .max(String::compareTo)
                .orElse("");
    }
}
