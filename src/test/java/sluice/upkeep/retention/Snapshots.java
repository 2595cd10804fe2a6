package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Span;
import sluice.ingest.hold.Hold;
import sluice.platform.druid.AutoKill;
import sluice.platform.druid.ChunkTotals;
import sluice.platform.druid.UnusedSegment;
import sluice.platform.druid.UsedSegment;
import sluice.simulation.DefaultSettings;

/** Snapshots of an invented datasource whose chunks are the days before {@link #NOW}. */
final class Snapshots {

    static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
    static final RetentionPolicy KEEP_A_WEEK =
            new RetentionPolicy(new Span("P7D"), new Span("P7D"), false, false, List.of(), "0".repeat(64));
    static final RetentionPolicy ORPHAN = RetentionPolicy.orphan(new Span("P30D"));
    static final SweepPermissions HALF = new SweepPermissions(0.5, null, false, false);

    private static final long BYTES = 1_000;
    private static final long ROWS = 10;

    private final List<ChunkTotals> totals = new ArrayList<>();
    private final List<UsedSegment> expired = new ArrayList<>();
    private final List<UsedSegment> overshadowed = new ArrayList<>();
    private final List<UsedSegment> notLoaded = new ArrayList<>();
    private final List<UnusedSegment> unused = new ArrayList<>();
    private final Set<String> served = new TreeSet<>();
    private final List<TimeChunk> leased = new ArrayList<>();
    private final List<TimeChunk> locked = new ArrayList<>();
    private final List<JsonNode> rules = new ArrayList<>();
    private AutoKill autoKill = new AutoKill.Off();
    private boolean complete = true;
    private boolean unusedComplete = true;
    private final List<TimeChunk> undecided = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private Map<String, Instant> hidden = Map.of();

    /** The day that began so many days before the day of {@link #NOW}. */
    static TimeChunk day(int daysAgo) {
        Instant start = Instant.parse("2026-02-01T00:00:00Z").minus(Duration.ofDays(daysAgo));
        return new TimeChunk(start, start.plus(Duration.ofDays(1)));
    }

    static UsedSegment used(int daysAgo, String version, boolean overshadowed) {
        TimeChunk day = day(daysAgo);
        return new UsedSegment(
                "ds_" + day.start() + "_" + version, day.start(), day.end(), version, ROWS, BYTES, overshadowed);
    }

    static UnusedSegment unused(TimeChunk chunk, String version, Duration unusedFor) {
        return new UnusedSegment(
                "ds_" + chunk.start() + "_" + chunk.end() + "_" + version,
                chunk.start(),
                chunk.end(),
                version,
                BYTES,
                NOW.minus(unusedFor));
    }

    /** Why a sweep leaves segments alone, in its order. */
    static List<Refusal.Code> codes(SweepDecisions decisions) {
        return decisions.refusals().stream().map(Refusal::code).toList();
    }

    /** Days with one segment each, from the one so many days ago up to today. */
    Snapshots days(int count) {
        for (int ago = count - 1; ago >= 0; ago--) {
            totals.add(new ChunkTotals(
                    day(ago).start(), day(ago).end(), day(ago).end().toString(), 1, ROWS, BYTES, 1));
        }
        return this;
    }

    /** A day that has one segment of this version. */
    Snapshots version(int daysAgo, String version) {
        totals.add(new ChunkTotals(day(daysAgo).start(), day(daysAgo).end(), version, 1, ROWS, BYTES, 1));
        return this;
    }

    /** The used segments of these days are past their time. */
    Snapshots expired(int... daysAgo) {
        for (int ago : daysAgo) {
            expired.add(used(ago, day(ago).end().toString(), false));
        }
        return this;
    }

    Snapshots overshadowed(UsedSegment segment) {
        overshadowed.add(segment);
        return this;
    }

    Snapshots notLoaded(int daysAgo, String version) {
        notLoaded.add(used(daysAgo, version, false));
        return this;
    }

    Snapshots unused(UnusedSegment... segments) {
        unused.addAll(List.of(segments));
        return this;
    }

    Snapshots served(String id) {
        served.add(id);
        return this;
    }

    Snapshots leased(TimeChunk chunk) {
        leased.add(chunk);
        return this;
    }

    Snapshots locked(TimeChunk chunk) {
        locked.add(chunk);
        return this;
    }

    /** Brokers and the metadata store do not say the same of this chunk. */
    Snapshots undecided(TimeChunk chunk) {
        undecided.add(chunk);
        return this;
    }

    Snapshots autoKill(AutoKill state) {
        autoKill = state;
        return this;
    }

    /** An hour of a day that has one segment, of a version greater than those of days. */
    Snapshots hour(int daysAgo, int hour) {
        Instant start = day(daysAgo).start().plus(Duration.ofHours(hour));
        totals.add(
                new ChunkTotals(start, start.plus(Duration.ofHours(1)), "2026-01-31T00:00:00.000Z", 1, ROWS, BYTES, 1));
        return this;
    }

    /** A day that has one segment of this version, which no data server has yet. */
    Snapshots notServed(int daysAgo, String version) {
        totals.add(new ChunkTotals(day(daysAgo).start(), day(daysAgo).end(), version, 1, ROWS, BYTES, 0));
        return this;
    }

    Snapshots held(TimeChunk chunk, String reason) {
        holds.add(new Hold(chunk.start(), chunk.end(), reason, "alice", NOW, null));
        return this;
    }

    /** What the sweep before has seen. */
    Snapshots hidden(Map<String, Instant> since) {
        hidden = since;
        return this;
    }

    /** The page limit cut the unused segments off. */
    Snapshots unusedCut() {
        unusedComplete = false;
        return this;
    }

    Snapshots incomplete() {
        complete = false;
        return this;
    }

    DatasourceSnapshot take() {
        return new DatasourceSnapshot(
                "main",
                "ds",
                NOW,
                totals,
                expired,
                overshadowed,
                notLoaded,
                unused,
                served,
                leased,
                locked,
                undecided,
                holds,
                rules,
                Set.of("_default_tier"),
                autoKill,
                complete,
                unusedComplete);
    }

    SweepDecisions decide(RetentionPolicy policy, SweepPermissions permit) {
        return SweepPlanner.decide(take(), policy, permit, DefaultSettings.of(RetentionSettings.class), hidden);
    }

    SweepDecisions decide() {
        return decide(KEEP_A_WEEK, HALF);
    }
}
