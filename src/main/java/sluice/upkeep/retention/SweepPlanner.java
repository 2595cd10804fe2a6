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
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.UsedSegment;
import sluice.upkeep.retention.Found.Category;
import sluice.upkeep.retention.Refusal.Code;

/**
 * What to mark unused, what to purge and what to leave, decided over values. What is marked unused can be brought back
 * until it is purged; so the guard stands before both.
 */
final class SweepPlanner {

    /** A segment that was made within this time may be on its way to a data server. */
    private static final Duration TIME_TO_LOAD = Duration.ofHours(1);

    private final Snapshot snapshot;
    private final Policy policy;
    private final Permit permit;
    private final RetentionSettings settings;
    private final Map<TimeChunk, List<String>> versions;
    private final List<Found> found = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private SweepPlanner(Snapshot snapshot, Policy policy, Permit permit, RetentionSettings settings) {
        this.snapshot = snapshot;
        this.policy = policy;
        this.permit = permit;
        this.settings = settings;
        this.versions = snapshot.totals().stream()
                .collect(Collectors.groupingBy(
                        chunk -> new TimeChunk(chunk.start(), chunk.end()),
                        Collectors.mapping(ChunkTotals::version, Collectors.toList())));
    }

    static Decisions decide(Snapshot snapshot, Policy policy, Permit permit, RetentionSettings settings) {
        return new SweepPlanner(snapshot, policy, permit, settings).decide();
    }

    private Decisions decide() {
        List<UsedSegment> mark = new ArrayList<>();
        mark.addAll(policy.orphan() ? orphaned() : expired());
        mark.addAll(overshadowed());
        mark.addAll(notLoaded());
        List<UsedSegment> distinct = List.copyOf(mark.stream()
                .collect(Collectors.toMap(
                        UsedSegment::id, Function.identity(), (left, right) -> left, LinkedHashMap::new))
                .values());
        List<KillPlan> kills = new PurgePlanner(snapshot, policy, permit, settings, found, refusals).plan();
        if (!snapshot.complete()) {
            refuse(
                    Code.NEXT_SWEEP,
                    "one sweep looks at " + settings.maxSegments() + " segments of a category",
                    Amount.NONE);
        }
        return new Decisions(
                found, distinct.stream().map(UsedSegment::id).toList(), Amount.ofUsed(distinct), kills, refusals);
    }

    private List<UsedSegment> expired() {
        find(Category.EXPIRED, snapshot.expired());
        if (snapshot.expired().isEmpty()) {
            return List.of();
        }
        // Over all that is past its time, not only what one sweep reads: otherwise many sweeps would pass the guard.
        Instant until = policy.keep().before(snapshot.now());
        Amount served = Amount.ofTotals(snapshot.totals().stream()
                .filter(chunk -> !chunk.end().isAfter(until))
                .toList());
        return isTooMuch(served) ? List.of() : free(snapshot.expired());
    }

    private List<UsedSegment> orphaned() {
        find(Category.ORPHANED, snapshot.expired());
        if (permit.orphan() != null && !snapshot.expired().isEmpty()) {
            refuse(Code.ORPHAN, permit.orphan(), Amount.ofUsed(snapshot.expired()));
            return List.of();
        }
        return free(snapshot.expired());
    }

    private List<UsedSegment> overshadowed() {
        Instant latest = snapshot.now().minus(settings.overshadowedAfter());
        List<UsedSegment> leftovers = snapshot.overshadowed().stream()
                .filter(segment -> hiddenSince(segment)
                        .filter(since -> !since.isAfter(latest))
                        .isPresent())
                .toList();
        find(Category.OVERSHADOWED, leftovers);
        return policy.orphan() && permit.orphan() != null ? List.of() : free(leftovers);
    }

    /** When a newer version came: versions are the times of their locks. One of 1970 is an appending task's and hides none. */
    private Optional<Instant> hiddenSince(UsedSegment segment) {
        List<String> same = versions.get(new TimeChunk(segment.start(), segment.end()));
        // Another granularity is rare, and the look at all chunks is long.
        List<String> over = same != null
                ? same
                : snapshot.totals().stream()
                        .filter(chunk -> chunk.start().isBefore(segment.end())
                                && chunk.end().isAfter(segment.start()))
                        .map(ChunkTotals::version)
                        .toList();
        return over.stream()
                .filter(version -> version.compareTo(segment.version()) > 0)
                .max(String::compareTo)
                .flatMap(SweepPlanner::time);
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
        find(Category.NOT_LOADED, segments);
        if (segments.isEmpty()) {
            return segments;
        }
        Amount amount = Amount.ofUsed(segments);
        if (!permit.notLoaded()) {
            refuse(
                    Code.NOT_LOADED,
                    "the rules want them on data servers and none has them: see the historicals' free space and logs"
                            + " first; order a sweep with notLoaded to mark them unused",
                    amount);
            return List.of();
        }
        return isTooMuch(amount) ? List.of() : free(segments);
    }

    /** Whether that would mark more of what is used than one sweep may; refuses it then. */
    private boolean isTooMuch(Amount amount) {
        double share = amount.shareOf(Amount.ofTotals(snapshot.totals()));
        if (share <= permit.mostShare()) {
            return false;
        }
        refuse(
                Code.MOST_SHARE,
                Shares.message(share, "of what is used would be marked unused", permit.mostShare()),
                amount);
        return true;
    }

    /** Those that nobody writes now and whose chunk is meant; the others are refused with their reason. */
    private List<UsedSegment> free(List<UsedSegment> segments) {
        Map<Code, List<UsedSegment>> held = new EnumMap<>(Code.class);
        List<UsedSegment> free = new ArrayList<>();
        for (UsedSegment segment : segments) {
            ChunkBlockers.of(new TimeChunk(segment.start(), segment.end()), snapshot)
                    .ifPresentOrElse(
                            code -> held.computeIfAbsent(code, any -> new ArrayList<>())
                                    .add(segment),
                            () -> free.add(segment));
        }
        held.forEach((code, of) -> refuse(code, ChunkBlockers.message(code), Amount.ofUsed(of)));
        return free;
    }

    private void find(Category category, List<UsedSegment> segments) {
        if (!segments.isEmpty()) {
            found.add(new Found(
                    category,
                    Amount.ofUsed(segments),
                    Intervals.texts(segments.stream()
                            .map(segment -> new TimeChunk(segment.start(), segment.end()))
                            .toList())));
        }
    }

    private void refuse(Code code, String message, Amount amount) {
        refusals.add(new Refusal(code, message, amount));
    }
}
