package sluice.upkeep.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Span;
import sluice.platform.druid.UsedSegment;
import sluice.upkeep.retention.CategoryTotals.Category;
import sluice.upkeep.retention.HiddenVersions.Hidden;
import sluice.upkeep.retention.Refusal.Code;

/**
 * Decides what a sweep marks unused, purges and leaves alone. A pure function of values. A segment that is marked unused
 * can be marked used again until it is purged, so the limit on the share guards both steps.
 */
final class SweepPlanner {

    /** A younger segment may still be on its way to a data server. */
    private static final Duration TIME_TO_LOAD = Duration.ofHours(1);

    private final DatasourceSnapshot snapshot;
    private final RetentionPolicy policy;
    private final SweepPermissions permissions;
    private final RetentionSettings settings;
    private final ServedVersions served;
    private final HiddenVersions hidden;
    private final List<CategoryTotals> found = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private SweepPlanner(
            DatasourceSnapshot snapshot,
            RetentionPolicy policy,
            SweepPermissions permissions,
            RetentionSettings settings,
            Map<String, Instant> hidden) {
        this.snapshot = snapshot;
        this.policy = policy;
        this.permissions = permissions;
        this.settings = settings;
        this.served = new ServedVersions(snapshot.totals());
        this.hidden = new HiddenVersions(snapshot, served, hidden, settings.overshadowedAfter());
    }

    /** @param hidden since when earlier sweeps have seen versions hidden */
    static SweepDecisions decide(
            DatasourceSnapshot snapshot,
            RetentionPolicy policy,
            SweepPermissions permissions,
            RetentionSettings settings,
            Map<String, Instant> hidden) {
        return new SweepPlanner(snapshot, policy, permissions, settings, hidden).decide();
    }

    private SweepDecisions decide() {
        List<UsedSegment> mark = new ArrayList<>();
        mark.addAll(policy.orphan() ? orphaned() : expired());
        mark.addAll(overshadowed());
        mark.addAll(notLoaded());
        List<UsedSegment> distinct = List.copyOf(mark.stream()
                .collect(Collectors.toMap(
                        UsedSegment::id, Function.identity(), (left, right) -> left, LinkedHashMap::new))
                .values());
        List<KillPlan> kills = new PurgePlanner(snapshot, served, policy, permissions, settings).plan(found, refusals);
        if (!snapshot.complete()) {
            refuse(
                    Code.NEXT_SWEEP,
                    "one sweep reads at most " + settings.maxSegments() + " segments of a category",
                    SegmentTotals.NONE);
        }
        return new SweepDecisions(
                found,
                distinct.stream().map(UsedSegment::id).toList(),
                SegmentTotals.ofUsed(distinct),
                kills,
                refusals,
                hidden.lasting().stream()
                        .filter(each -> distinct.contains(each.segment()))
                        .toList(),
                hidden.since());
    }

    private List<UsedSegment> expired() {
        addFound(Category.EXPIRED, snapshot.expired());
        Span keep = policy.keep();
        if (keep == null || snapshot.expired().isEmpty()) {
            return List.of();
        }
        // Over all expired segments, not only those that one sweep reads: otherwise many sweeps would pass the limit.
        Instant until = keep.before(snapshot.now());
        SegmentTotals all = SegmentTotals.ofChunks(snapshot.totals().stream()
                .filter(chunk -> !chunk.end().isAfter(until))
                .toList());
        return isTooLarge(all) ? List.of() : unblocked(snapshot.expired());
    }

    private List<UsedSegment> orphaned() {
        addFound(Category.ORPHANED, snapshot.expired());
        String refusal = permissions.orphanRefusal();
        if (refusal != null && !snapshot.expired().isEmpty()) {
            refuse(Code.ORPHAN, refusal, SegmentTotals.ofUsed(snapshot.expired()));
            return List.of();
        }
        return unblocked(snapshot.expired());
    }

    private List<UsedSegment> overshadowed() {
        List<UsedSegment> leftovers =
                hidden.lasting().stream().map(Hidden::segment).toList();
        addFound(Category.OVERSHADOWED, leftovers);
        return policy.orphan() && permissions.orphanRefusal() != null ? List.of() : unblocked(leftovers);
    }

    private static Optional<Instant> time(String version) {
        try {
            return Optional.of(Instant.parse(version));
        } catch (DateTimeParseException exception) {
            return Optional.empty();
        }
    }

    private List<UsedSegment> notLoaded() {
        Instant latest = snapshot.now().minus(TIME_TO_LOAD);
        List<UsedSegment> segments = snapshot.notLoaded().stream()
                .filter(segment -> time(segment.version())
                        .filter(since -> since.isAfter(latest))
                        .isEmpty())
                .toList();
        addFound(Category.NOT_LOADED, segments);
        if (segments.isEmpty()) {
            return segments;
        }
        SegmentTotals totals = SegmentTotals.ofUsed(segments);
        if (!permissions.notLoaded()) {
            refuse(
                    Code.NOT_LOADED,
                    "the rules want them on data servers and none serves them: check free space and logs of the"
                            + " historicals first; request a sweep with notLoaded to mark them unused",
                    totals);
            return List.of();
        }
        return isTooLarge(totals) ? List.of() : unblocked(segments);
    }

    /** Returns true, and refuses, if marking them would take more of the used segments than one sweep may. */
    private boolean isTooLarge(SegmentTotals totals) {
        double share = totals.shareOf(SegmentTotals.ofChunks(snapshot.totals()));
        if (share <= permissions.maxShare()) {
            return false;
        }
        refusals.add(
                Refusal.tooLarge(share, "of the used data would be marked unused", permissions.maxShare(), totals));
        return true;
    }

    /** Returns the segments whose chunks nothing blocks; the others are refused with their reason. */
    private List<UsedSegment> unblocked(List<UsedSegment> segments) {
        Map<Code, List<UsedSegment>> blocked = new EnumMap<>(Code.class);
        List<UsedSegment> unblocked = new ArrayList<>();
        for (UsedSegment segment : segments) {
            ChunkBlockers.of(new TimeChunk(segment.start(), segment.end()), snapshot)
                    .ifPresentOrElse(
                            code -> blocked.computeIfAbsent(code, any -> new ArrayList<>())
                                    .add(segment),
                            () -> unblocked.add(segment));
        }
        blocked.forEach(
                (code, some) -> refuse(code, ChunkBlockers.message(code, snapshot), SegmentTotals.ofUsed(some)));
        return unblocked;
    }

    private void addFound(Category category, List<UsedSegment> segments) {
        if (!segments.isEmpty()) {
            found.add(CategoryTotals.ofUsed(category, segments));
        }
    }

    private void refuse(Code code, String message, SegmentTotals totals) {
        refusals.add(new Refusal(code, message, totals));
    }
}
