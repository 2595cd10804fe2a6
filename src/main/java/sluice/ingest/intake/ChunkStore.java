package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.Run;
import sluice.platform.state.Batches;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.StateTable.DueLane;
import sluice.platform.state.Write;

/**
 * Gathering time chunks in the state table. Each arrival is one atomic update, so concurrent arrivals all count. A chunk for which
 * nothing waits expires some time after its last plan.
 */
@ApplicationScoped
class ChunkStore {

    private static final String GENERATION = "generation";
    private static final String PLANNED = "planned";
    private static final String LAST_EVENT_AT = "lastEventAt";
    private static final String SEEN = "seen";
    private static final String WAITING_SINCE = "waitingSince";
    /** Until then nobody else plans because the chunk is never quiet. */
    private static final String TURN_UNTIL = "turnUntil";

    private static final String ORDERED_RUN = "orderedRun";
    private static final String PLANNED_AT = "plannedAt";
    private static final String RECENT_RUNS = "recentRuns";
    /** Number of objects that the newest run loads into the chunk. */
    static final String FILES = "files";

    /** A chunk outlives the runs that it names, which are kept from their end on. */
    private static final Duration LONGEST_RUN = Duration.ofDays(30);

    /** Longer than an invocation lasts. */
    private static final Duration SHORTEST_TURN = Duration.ofMinutes(2);

    /** Only requests that follow each other without any arrival make more. */
    private static final int MOST_RECENT = 50;

    private final StateTable table;
    private final Clock clock;
    private final Duration keep;

    ChunkStore(StateTable table, Clock clock, StateSettings settings) {
        this.table = table;
        this.clock = clock;
        this.keep = settings.keep().plus(LONGEST_RUN);
    }

    Optional<ChunkState> find(ChunkId id) {
        return table.get(id.key()).map(ChunkStore::state);
    }

    /** Returns the state of each chunk, which is {@link ChunkState#NEW} if there is no item. */
    Map<ChunkId, ChunkState> find(List<ChunkId> ids) {
        Map<Key, ChunkState> stored = new HashMap<>();
        for (List<ChunkId> batch : Batches.of(ids, StateTable.MOST_KEYS)) {
            table.getAll(batch.stream().map(ChunkId::key).toList())
                    .forEach(item -> stored.put(Key.of(item), state(item)));
        }
        Map<ChunkId, ChunkState> states = new LinkedHashMap<>();
        ids.forEach(id -> states.put(id, stored.getOrDefault(id.key(), ChunkState.NEW)));
        return states;
    }

    /**
     * Notes an arrival. The chunk is due once it has been quiet for the settle time.
     *
     * @param eventAt event time that S3 gave
     */
    ChunkState touch(ChunkId id, Instant eventAt, Duration settle) {
        return state(arrived(id, eventAt, settle));
    }

    /** Makes a chunk due, as if something had arrived at that time. */
    void again(ChunkId id, Instant at) {
        arrived(id, at, Duration.ZERO);
    }

    private Item arrived(ChunkId id, Instant at, Duration settle) {
        Instant now = clock.instant();
        Changes touch = Changes.NONE
                .set("chunkCluster", id.cluster())
                .set("chunkDatasource", id.datasource())
                .set("chunkStart", id.chunk().start())
                .set("chunkEnd", id.chunk().end())
                .due(DueLane.BACKLOG, id.toString(), now.plus(settle))
                .setIfAbsent(WAITING_SINCE, now)
                .add(GENERATION, 1)
                .remove(StateTable.TTL);
        // An event that comes late does not turn time back.
        Optional<Item> touched = table.updateIf(
                id.key(),
                touch.set(LAST_EVENT_AT, at),
                Condition.lacks(LAST_EVENT_AT).or(Condition.before(LAST_EVENT_AT, at)));
        return touched.or(() -> table.updateIf(id.key(), touch, Condition.ALWAYS))
                .orElseThrow();
    }

    /**
     * Returns true for one of the arrivals of a chunk that is never quiet: whoever gets true plans. If that fails, it is another
     * one's turn after a pause.
     */
    boolean isTurn(ChunkId id, ChunkState state) {
        Instant now = clock.instant();
        return table.updateIf(
                        id.key(),
                        Changes.NONE.set(TURN_UNTIL, now.plus(state.pause(now, SHORTEST_TURN))),
                        Condition.lacks(TURN_UNTIL).or(Condition.before(TURN_UNTIL, now)))
                .isPresent();
    }

    /** The present by the clock that gives chunks their times. */
    Instant now() {
        return clock.instant();
    }

    /** Returns a time for the next plan of these chunks: now, but later than their last plans by whatever clock. */
    Instant nextPlan(Collection<ChunkState> states) {
        Instant next = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        for (ChunkState state : states) {
            if (state.plannedAt() != null && !next.isAfter(state.plannedAt())) {
                next = state.plannedAt().plusMillis(1);
            }
        }
        return next;
    }

    /**
     * Returns the write that makes a plan of this generation final, for the transaction that stores its run.
     *
     * @param earlier ids of runs that still matter to the chunk, the newest first
     */
    Write planned(ChunkId id, ChunkState state, DraftedRun drafted, List<String> earlier) {
        return Write.update(
                id.key(),
                planned(noted(drafted, earlier), state),
                isUnchanged(state).and(isUnplanned(state)));
    }

    /**
     * Returns the write that notes a run which loads a part of what has gathered, for the transaction that stores it. The rest goes
     * on waiting.
     *
     * @param earlier ids of runs that still matter to the chunk, the newest first
     */
    Write begun(ChunkId id, ChunkState state, DraftedRun drafted, List<String> earlier) {
        return Write.update(
                id.key(), noted(drafted, earlier), isPlannedAsRead(state).and(isUnplanned(state)));
    }

    /**
     * Returns the write that makes a plan of this generation final although more has arrived since, for the transaction that stores
     * its run. What has arrived since goes on waiting; it begins to wait now.
     *
     * @param earlier ids of runs that still matter to the chunk, the newest first
     */
    Write plannedSoFar(ChunkId id, ChunkState state, DraftedRun drafted, List<String> earlier) {
        return Write.update(
                id.key(),
                noted(drafted, earlier)
                        .set(PLANNED, state.generation())
                        .set(WAITING_SINCE, clock.instant())
                        .remove(SEEN, TURN_UNTIL),
                isPlannedAsRead(state).and(isUnplanned(state)));
    }

    /** Returns true if a stored chunk differs from a state in that more has arrived. */
    static boolean hasOnlyGrown(ChunkState state, Item stored) {
        ChunkState now = state(stored);
        return now.generation() > state.generation()
                && now.planned() == state.planned()
                && Objects.equals(now.plannedAt(), state.plannedAt());
    }

    private static Changes noted(DraftedRun drafted, List<String> earlier) {
        Run run = drafted.run();
        return Changes.NONE
                .set("lastRun", run.id())
                .set(FILES, drafted.plan().objects().size())
                .set(PLANNED_AT, run.attemptPlannedAt())
                .set(RECENT_RUNS, recent(run, earlier));
    }

    /**
     * Returns the write that makes an order final, for the transaction that stores its run. What gathers goes on gathering.
     *
     * @param files number of the run's objects that belong to the chunk
     */
    Write ordered(ChunkId id, ChunkState state, Run run, long files) {
        return Write.update(
                id.key(),
                expiring(Changes.NONE)
                        .set(ORDERED_RUN, run.id())
                        .set(FILES, files)
                        .set(PLANNED_AT, run.attemptPlannedAt())
                        .set(RECENT_RUNS, recent(run, state.recentRuns())),
                isUnplanned(state));
    }

    private static String recent(Run run, List<String> earlier) {
        return Stream.concat(Stream.of(run.id()), earlier.stream())
                .distinct()
                .limit(MOST_RECENT)
                .collect(Collectors.joining(","));
    }

    /** Ends a generation that needs no run. Returns false if something arrived meanwhile. */
    boolean consumed(ChunkId id, ChunkState state) {
        return table.updateIf(id.key(), planned(Changes.NONE, state), isUnchanged(state))
                .isPresent();
    }

    /** Notes that the ledger has all objects of a run that was planned for what gathered. */
    void ledgerWritten(ChunkId id, String runId) {
        table.updateIf(id.key(), Changes.NONE.set("ledgerRun", runId), Condition.present());
    }

    /** Notes that the ledger has all objects of a run that was ordered. */
    void orderWritten(ChunkId id, String runId) {
        table.updateIf(id.key(), Changes.NONE.remove(ORDERED_RUN), Condition.equal(ORDERED_RUN, runId));
    }

    /** Makes the chunk due later, unless an arrival has set another time meanwhile. */
    void postpone(ChunkId id, ChunkState state, Duration pause) {
        table.updateIf(
                id.key(),
                Changes.NONE.set(StateTable.DUE_AT, clock.instant().plus(pause)),
                isUnchanged(state).and(Condition.has(StateTable.DUE_AT)));
    }

    private Changes planned(Changes changes, ChunkState state) {
        return expiring(changes).set(PLANNED, state.generation()).notDue().remove(WAITING_SINCE, SEEN, TURN_UNTIL);
    }

    /** What waits does not expire. */
    private Changes expiring(Changes changes) {
        return changes.set(StateTable.TTL, clock.instant().plus(keep).getEpochSecond());
    }

    /** Holds if nothing has arrived since the state was read, and nobody has planned what had. */
    private static Condition isUnchanged(ChunkState state) {
        return Condition.equal(GENERATION, state.generation()).and(isPlannedAsRead(state));
    }

    private static Condition isPlannedAsRead(ChunkState state) {
        return state.planned() == 0 ? Condition.lacks(PLANNED) : Condition.equal(PLANNED, state.planned());
    }

    /** Holds if nobody has planned since the state was read. */
    private static Condition isUnplanned(ChunkState state) {
        return state.plannedAt() == null ? Condition.lacks(PLANNED_AT) : Condition.equal(PLANNED_AT, state.plannedAt());
    }

    /** Returns the chunk of an item of the due index; empty if the item is not a chunk. */
    static Optional<ChunkId> idOf(Item item) {
        return item.text("chunkCluster")
                .map(cluster -> new ChunkId(
                        new Feed(cluster, item.text("chunkDatasource").orElseThrow()),
                        new TimeChunk(
                                item.time("chunkStart").orElseThrow(),
                                item.time("chunkEnd").orElseThrow())));
    }

    static ChunkState state(Item item) {
        return new ChunkState(
                item.number(GENERATION, 0),
                item.number(PLANNED, 0),
                item.texts(SEEN),
                item.time(LAST_EVENT_AT).orElse(Instant.EPOCH),
                item.time(WAITING_SINCE).orElse(null),
                item.text("lastRun").orElse(null),
                item.text("ledgerRun").orElse(null),
                item.text(ORDERED_RUN).orElse(null),
                item.time(PLANNED_AT).orElse(null),
                // Earlier versions of Sluice knew the last one only.
                item.text(RECENT_RUNS)
                        .or(() -> item.text("lastRun"))
                        .map(ids -> List.of(ids.split(",")))
                        .orElse(List.of()));
    }
}
