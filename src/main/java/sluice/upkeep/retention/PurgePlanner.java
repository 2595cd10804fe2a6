package sluice.upkeep.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Span;
import sluice.platform.druid.AutoKill;
import sluice.platform.druid.UnusedSegment;
import sluice.upkeep.retention.CategoryTotals.Category;
import sluice.upkeep.retention.Refusal.Code;

/** Decides which unused segments a sweep deletes permanently. */
final class PurgePlanner {

    private final DatasourceSnapshot snapshot;
    private final ServedVersions versions;
    private final RetentionPolicy policy;
    private final SweepPermissions permissions;
    private final RetentionSettings settings;
    private final List<CategoryTotals> found = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    PurgePlanner(
            DatasourceSnapshot snapshot,
            ServedVersions versions,
            RetentionPolicy policy,
            SweepPermissions permissions,
            RetentionSettings settings) {
        this.snapshot = snapshot;
        this.versions = versions;
        this.policy = policy;
        this.permissions = permissions;
        this.settings = settings;
    }

    /**
     * Returns the kill tasks.
     *
     * @param allFound receives the categories of unused segments
     * @param allRefusals receives what is not purged, and why
     */
    List<KillPlan> plan(List<CategoryTotals> allFound, List<Refusal> allRefusals) {
        List<KillPlan> plans = plans();
        allFound.addAll(found);
        allRefusals.addAll(refusals);
        return plans;
    }

    private List<KillPlan> plans() {
        addFound(Category.UNUSED, snapshot.unused());
        List<UnusedSegment> served = snapshot.unused().stream()
                .filter(segment -> snapshot.served().contains(segment.id()))
                .toList();
        addFound(Category.UNUSED_STILL_SERVED, served);
        Span purgeAfter = policy.purgeAfter();
        if (purgeAfter == null) {
            return List.of();
        }
        List<UnusedSegment> due = unwanted(due(purgeAfter));
        addFound(Category.PURGEABLE, due);
        if (due.isEmpty()) {
            return List.of();
        }
        Optional<Refusal> refusal = refusal(due, purgeAfter);
        if (refusal.isPresent()) {
            refusals.add(refusal.get());
            return List.of();
        }
        return limited(
                KillPlanner.plan(readInFull(unblocked(due, Intervals.joined(chunks(served)))), snapshot.unused()));
    }

    /**
     * Returns the segments that nobody can want back: their time chunk is older than {@code keep}, or queries read a newer
     * version instead. A {@code keep} that was too short for a day, or a slip of the hand, marks others unused, too; Druid does
     * not mark those used again by itself.
     */
    private List<UnusedSegment> unwanted(List<UnusedSegment> due) {
        List<UnusedSegment> wanted = due.stream().filter(this::isWanted).toList();
        addFound(Category.RESTORABLE, wanted);
        if (wanted.isEmpty() || permissions.wanted()) {
            return due;
        }
        refusals.add(new Refusal(
                Code.WANTED,
                "keep still covers them, and queries read no newer version: restore them, or request a sweep with wanted"
                        + " to purge them",
                SegmentTotals.ofUnused(wanted)));
        return due.stream().filter(segment -> !isWanted(segment)).toList();
    }

    private boolean isWanted(UnusedSegment segment) {
        Span keep = policy.keep();
        boolean isExpired = keep != null && !segment.end().isAfter(keep.before(snapshot.now()));
        TimeChunk chunk = new TimeChunk(segment.start(), segment.end());
        return !policy.orphan()
                && !isExpired
                && KillPlanner.isBounded(chunk)
                && versions.hiding(chunk, segment.version()).isEmpty();
    }

    /**
     * Returns the segments whose chunks the snapshot has in full. A kill task takes all segments of a version, so it would
     * reach those of the last chunk that were not read, and could never be proven.
     */
    private List<UnusedSegment> readInFull(List<UnusedSegment> segments) {
        if (snapshot.unusedComplete()) {
            return segments;
        }
        UnusedSegment last = snapshot.unused().get(snapshot.unused().size() - 1);
        return segments.stream()
                .filter(segment -> !segment.end().isAfter(last.start()))
                .toList();
    }

    private List<UnusedSegment> due(Span purgeAfter) {
        Instant latest = purgeAfter.before(snapshot.now());
        return snapshot.unused().stream()
                .filter(segment -> segment.since() == null || !segment.since().isAfter(latest))
                .toList();
    }

    /** Returns why nothing at all may be purged, the most serious reason first. */
    private Optional<Refusal> refusal(List<UnusedSegment> due, Span purgeAfter) {
        SegmentTotals totals = SegmentTotals.ofUnused(due);
        if (snapshot.autoKill() instanceof AutoKill.On on) {
            return refusal(
                    Code.AUTO_KILL,
                    on.setting()
                            + " is on: Druid purges as well, and the tasks of both block each other; switch one of them"
                            + " off",
                    totals);
        }
        if (snapshot.autoKill() instanceof AutoKill.Unknown unknown) {
            return refusal(
                    Code.AUTO_KILL_UNKNOWN,
                    "it is unknown whether Druid purges as well (" + unknown.reason()
                            + "): let Sluice read /status/properties, or set SLUICE_CLUSTERS_<NAME>_AUTO_KILL=off",
                    totals);
        }
        if (policy.concurrent() && !purgeAfter.isAtLeast(settings.minBuffer(), snapshot.now())) {
            return refusal(
                    Code.BUFFER_TOO_SHORT,
                    "purgeAfter " + purgeAfter.text() + " is shorter than " + settings.minBuffer()
                            + ": tasks with concurrent locks may still need segments that were marked unused so"
                            + " recently",
                    totals);
        }
        if (policy.orphan()) {
            return permissions.orphanRefusal() == null
                    ? Optional.empty()
                    : refusal(Code.ORPHAN, permissions.orphanRefusal(), totals);
        }
        SegmentTotals used = SegmentTotals.ofChunks(snapshot.totals());
        SegmentTotals unused = SegmentTotals.ofUnused(snapshot.unused());
        SegmentTotals whole =
                new SegmentTotals(0, used.segments() + unused.segments(), 0, used.bytes() + unused.bytes());
        double share = totals.shareOf(whole);
        return share > permissions.maxShare()
                ? Optional.of(
                        Refusal.tooLarge(share, "of the stored data would be purged", permissions.maxShare(), totals))
                : Optional.empty();
    }

    private static Optional<Refusal> refusal(Code code, String message, SegmentTotals totals) {
        return Optional.of(new Refusal(code, message, totals));
    }

    /** Returns the segments whose chunks nothing blocks; the others are refused with their reason. */
    private List<UnusedSegment> unblocked(List<UnusedSegment> due, List<TimeChunk> served) {
        Map<Code, List<UnusedSegment>> blocked = new EnumMap<>(Code.class);
        List<UnusedSegment> unblocked = new ArrayList<>();
        for (UnusedSegment segment : due) {
            TimeChunk chunk = new TimeChunk(segment.start(), segment.end());
            ChunkBlockers.of(chunk, snapshot)
                    .or(() -> Intervals.overlapsAny(chunk, served) ? Optional.of(Code.STILL_SERVED) : Optional.empty())
                    .ifPresentOrElse(
                            code -> blocked.computeIfAbsent(code, any -> new ArrayList<>())
                                    .add(segment),
                            () -> unblocked.add(segment));
        }
        blocked.forEach((code, segments) -> refusals.add(
                new Refusal(code, ChunkBlockers.message(code, snapshot), SegmentTotals.ofUnused(segments))));
        return unblocked;
    }

    private List<KillPlan> limited(List<KillPlan> plans) {
        if (plans.size() <= settings.maxKills()) {
            return plans;
        }
        List<UnusedSegment> left = plans.subList(settings.maxKills(), plans.size()).stream()
                .flatMap(plan -> plan.segments().stream())
                .toList();
        refusals.add(new Refusal(
                Code.NEXT_SWEEP,
                "one sweep plans at most " + settings.maxKills() + " kill runs (SLUICE_RETENTION_MAX_KILLS)",
                SegmentTotals.ofUnused(left)));
        return plans.subList(0, settings.maxKills());
    }

    private void addFound(Category category, List<UnusedSegment> segments) {
        if (!segments.isEmpty()) {
            found.add(CategoryTotals.ofUnused(category, segments));
        }
    }

    private static List<TimeChunk> chunks(List<UnusedSegment> segments) {
        return segments.stream()
                .map(segment -> new TimeChunk(segment.start(), segment.end()))
                .toList();
    }
}
