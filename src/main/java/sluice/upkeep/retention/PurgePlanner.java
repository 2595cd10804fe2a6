package sluice.upkeep.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.AutoKill;
import sluice.platform.druid.UnusedSegment;
import sluice.upkeep.retention.Found.Category;
import sluice.upkeep.retention.Refusal.Code;

/** Which unused segments go for good. */
final class PurgePlanner {

    private final Snapshot snapshot;
    private final Policy policy;
    private final Permit permit;
    private final RetentionSettings settings;
    private final List<Found> found;
    private final List<Refusal> refusals;

    PurgePlanner(
            Snapshot snapshot,
            Policy policy,
            Permit permit,
            RetentionSettings settings,
            List<Found> found,
            List<Refusal> refusals) {
        this.snapshot = snapshot;
        this.policy = policy;
        this.permit = permit;
        this.settings = settings;
        this.found = found;
        this.refusals = refusals;
    }

    List<KillPlan> plan() {
        find(Category.UNUSED, snapshot.unused());
        List<UnusedSegment> served = snapshot.unused().stream()
                .filter(segment -> snapshot.served().contains(segment.id()))
                .toList();
        find(Category.UNUSED_STILL_SERVED, served);
        List<UnusedSegment> due = due();
        find(Category.PURGEABLE, due);
        Optional<Refusal> refusal = due.isEmpty() ? Optional.empty() : refusal(due);
        if (due.isEmpty() || refusal.isPresent()) {
            refusal.ifPresent(refusals::add);
            return List.of();
        }
        return bounded(KillPlanner.plan(free(due, Intervals.joined(chunks(served)))));
    }

    private List<UnusedSegment> due() {
        if (policy.purgeAfter() == null) {
            return List.of();
        }
        Instant latest = policy.purgeAfter().before(snapshot.now());
        return snapshot.unused().stream()
                .filter(segment -> segment.since() == null || !segment.since().isAfter(latest))
                .toList();
    }

    /** Why nothing at all is purged, the most serious reason first. */
    private Optional<Refusal> refusal(List<UnusedSegment> due) {
        Amount amount = Amount.ofUnused(due);
        if (snapshot.autoKill() instanceof AutoKill.On on) {
            return refusal(
                    Code.AUTO_KILL,
                    on.setting()
                            + " is on: Druid purges by itself, and two that do get into each other's locks; switch one"
                            + " of them off",
                    amount);
        }
        if (snapshot.autoKill() instanceof AutoKill.Unknown unknown) {
            return refusal(
                    Code.AUTO_KILL_UNKNOWN,
                    "whether Druid purges by itself is not known (" + unknown.reason() + "): let Sluice read"
                            + " /status/properties, or say SLUICE_CLUSTERS_<NAME>_AUTO_KILL=off",
                    amount);
        }
        if (policy.concurrent() && !policy.purgeAfter().isAtLeast(settings.minBuffer(), snapshot.now())) {
            return refusal(
                    Code.BUFFER_TOO_SHORT,
                    "purgeAfter " + policy.purgeAfter().text() + " is shorter than " + settings.minBuffer()
                            + ": tasks with concurrent locks may still build on segments that were marked unused so"
                            + " lately",
                    amount);
        }
        if (policy.orphan()) {
            return permit.orphan() == null ? Optional.empty() : refusal(Code.ORPHAN, permit.orphan(), amount);
        }
        Amount used = Amount.ofTotals(snapshot.totals());
        Amount unused = Amount.ofUnused(snapshot.unused());
        Amount whole = new Amount(0, used.segments() + unused.segments(), 0, used.bytes() + unused.bytes());
        double share = amount.shareOf(whole);
        return share > permit.mostShare()
                ? refusal(
                        Code.MOST_SHARE,
                        Shares.message(share, "of what is stored would be purged", permit.mostShare()),
                        amount)
                : Optional.empty();
    }

    private static Optional<Refusal> refusal(Code code, String message, Amount amount) {
        return Optional.of(new Refusal(code, message, amount));
    }

    private List<UnusedSegment> free(List<UnusedSegment> due, List<TimeChunk> served) {
        Map<Code, List<UnusedSegment>> held = new EnumMap<>(Code.class);
        List<UnusedSegment> free = new ArrayList<>();
        for (UnusedSegment segment : due) {
            TimeChunk chunk = new TimeChunk(segment.start(), segment.end());
            ChunkBlockers.of(chunk, snapshot)
                    .or(() -> Intervals.overlapsAny(chunk, served) ? Optional.of(Code.STILL_SERVED) : Optional.empty())
                    .ifPresentOrElse(
                            code -> held.computeIfAbsent(code, any -> new ArrayList<>())
                                    .add(segment),
                            () -> free.add(segment));
        }
        held.forEach((code, of) -> refusals.add(new Refusal(code, ChunkBlockers.message(code), Amount.ofUnused(of))));
        return free;
    }

    private List<KillPlan> bounded(List<KillPlan> plans) {
        if (plans.size() <= settings.maxKills()) {
            return plans;
        }
        List<UnusedSegment> left = plans.subList(settings.maxKills(), plans.size()).stream()
                .flatMap(plan -> plan.segments().stream())
                .toList();
        refusals.add(new Refusal(
                Code.NEXT_SWEEP,
                "one sweep plans " + settings.maxKills() + " kill runs (SLUICE_RETENTION_MAX_KILLS)",
                Amount.ofUnused(left)));
        return plans.subList(0, settings.maxKills());
    }

    private void find(Category category, List<UnusedSegment> segments) {
        if (!segments.isEmpty()) {
            found.add(new Found(category, Amount.ofUnused(segments), Intervals.texts(chunks(segments))));
        }
    }

    private static List<TimeChunk> chunks(List<UnusedSegment> segments) {
        return segments.stream()
                .map(segment -> new TimeChunk(segment.start(), segment.end()))
                .toList();
    }
}
