package sluice.ingest.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectVersion;
import sluice.core.batch.S3Location;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.state.Batches;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Write;

/**
 * The ledger: which run loads an object, and how that went. It answers "was this file loaded?" and keeps an append from loading
 * an object twice. Every write is conditional: it never replaces what is known of a later run.
 *
 * <p>An entry about a run is never removed, because its file may arrive again at any time. Other entries expire.
 */
@ApplicationScoped
public class Ledger {

    private static final String STATE = "objectState";
    private static final String RUN = "runId";
    private static final String EVENT_AT = "eventAt";
    private static final String ROWS = "rowsRead";
    private static final String ERROR = "firstError";
    private static final String LOADED = "loaded";
    private static final String ENDED_AT = "endedAt";
    private static final String HELD_UNDER = "heldUnder";
    /** When the run's plan was made. It orders the runs of an object. */
    private static final String PLANNED_AT = "plannedAt";
    /** The run's version when this was written. It keeps a function that has read the run before another one moved it from writing. */
    private static final String RUN_VERSION = "runVersion";
    /** Stands for the cluster and the datasource of an object that concerns none. */
    private static final String NONE = "-";

    private static final Feed NO_FEED = new Feed(NONE, NONE);

    private final StateTable table;
    private final Clock clock;
    private final Duration keep;

    Ledger(StateTable table, Clock clock, StateSettings settings) {
        this.table = table;
        this.clock = clock;
        this.keep = settings.keep();
    }

    public Optional<LedgerEntry> find(ObjectVersion version, Feed feed) {
        return table.get(Key.object(version, feed)).map(Ledger::entry);
    }

    /** Returns the entries of those objects that have one. A hundred objects are one call of the state table. */
    public Map<InputObject, LedgerEntry> find(List<InputObject> objects, Feed feed) {
        Map<Key, InputObject> byKey = new HashMap<>();
        objects.forEach(object -> byKey.put(Key.object(object.version(), feed), object));
        Map<InputObject, LedgerEntry> entries = new HashMap<>();
        for (List<Key> keys : Batches.of(List.copyOf(byKey.keySet()), StateTable.MOST_KEYS)) {
            table.getAll(keys)
                    .forEach(item -> entries.put(Objects.requireNonNull(byKey.get(Key.of(item))), entry(item)));
        }
        return entries;
    }

    /** Returns all entries about an object: one for each of its versions, datasources and clusters. */
    public List<ObjectRecord> history(S3Location location) {
        return table.all(Query.partition(Key.objectPartition(location))).stream()
                .map(Ledger::objectRecord)
                .toList();
    }

    private static ObjectRecord objectRecord(Item item) {
        // <etag>#<cluster>#<datasource>: a datasource may contain '#', an ETag and a cluster's name do not.
        String[] parts = item.text("sk").orElseThrow().split("#", 3);
        return new ObjectRecord(
                parts[0],
                parts[1].equals(NONE) ? null : parts[1],
                parts[2].equals(NONE) ? null : parts[2],
                entry(item),
                item.time("updatedAt").orElseThrow());
    }

    /** Notes an object that belongs to no definition. */
    public void unmatched(ObjectVersion version, LedgerEntry.Outcome outcome, String error) {
        note(version, NO_FEED, outcome, null, error);
    }

    /** Notes the outcome of an object that no run has or had. */
    public void note(
            ObjectVersion version,
            Feed feed,
            LedgerEntry.Outcome outcome,
            @Nullable Instant eventAt,
            @Nullable String error) {
        table.putIf(item(Key.object(version, feed), LedgerEntry.of(outcome, eventAt, error)), Condition.lacks(RUN));
    }

    /** Notes why an object that gathered is not loaded. An entry that says something else stays as it is. */
    public void notLoaded(ObjectVersion version, Feed feed, LedgerEntry.Outcome outcome, String reason) {
        table.putIf(
                item(Key.object(version, feed), LedgerEntry.of(outcome, null, reason)),
                Condition.lacks(RUN)
                        .and(Condition.lacks(STATE).or(Condition.equal(STATE, LedgerEntry.Outcome.Gathering.name()))));
    }

    /**
     * Assigns objects to the present attempt of a run. An entry that is about this attempt, or about a run that was planned later,
     * stays as it is.
     */
    public void assign(Run run, List<InputObject> objects) {
        RunVerdict verdict = new RunVerdict(run, run.state(), objects, List.of());
        Condition earlier = Condition.lacks(RUN)
                .or(Condition.differs(RUN, run.id()).and(Condition.lacks(PLANNED_AT)))
                .or(Condition.before(PLANNED_AT, run.planMadeAt()));
        write(
                run,
                objects,
                object -> new LedgerEntry(run.state().label(), run.id(), null, null, null, verdict.of(object)),
                earlier);
    }

    /** Notes what became of the rows of a run that had ended. An entry that is about a later run stays as it is. */
    public void revised(Run run, RunState.Ended end, List<InputObject> objects, String reason) {
        RunVerdict verdict = new RunVerdict(run, end, objects, List.of());
        write(
                run,
                objects,
                object -> new LedgerEntry(end.label(), run.id(), null, null, reason, verdict.of(object)),
                Condition.equal(RUN, run.id()).and(isNotNewer(run)));
    }

    private static Condition isNotNewer(Run run) {
        return Condition.lacks(RUN_VERSION).or(Condition.less(RUN_VERSION, run.version() + 1));
    }

    /**
     * Notes the end of a run at each of its objects. An entry that is about a run that was planned later stays as it is, and so does
     * one of a newer version of this run: another function has moved it meanwhile.
     *
     * @param rows rows that the run read, noted if it has only one object; null if unknown
     * @param errors noted at the objects that they name; the first one also at an only object
     */
    public void ended(Run run, RunState end, List<InputObject> objects, @Nullable Long rows, List<String> errors) {
        RunVerdict verdict = new RunVerdict(run, end, objects, errors);
        Long rowsOfOne = objects.size() == 1 ? rows : null;
        Condition earlier = Condition.lacks(PLANNED_AT).or(Condition.before(PLANNED_AT, run.planMadeAt()));
        Condition notLater = Condition.lacks(RUN)
                .or(Condition.equal(RUN, run.id()).and(isNotNewer(run)))
                .or(Condition.differs(RUN, run.id()).and(earlier));
        write(
                run,
                objects,
                object -> new LedgerEntry(
                        end.label(), run.id(), null, rowsOfOne, verdict.error(object), verdict.of(object)),
                notLater);
    }

    /** Writes what each object's entry says of a run, where the condition holds for what is stored. */
    private void write(
            Run run, List<InputObject> objects, Function<InputObject, LedgerEntry> entry, Condition condition) {
        write(objects.stream()
                .map(object -> Write.put(item(run, object, entry.apply(object)), condition))
                .toList());
    }

    /** Makes each write whose condition holds. A hundred writes are one call; one more for those of them that hold if not all do. */
    private void write(List<Write> writes) {
        for (List<Write> batch : Batches.of(writes, StateTable.MOST_WRITES)) {
            try {
                table.transact(batch);
            } catch (TransactionCancelledException exception) {
                batch.stream()
                        .filter(write -> !exception.conditionFailed(write.key()))
                        .forEach(write -> table.putIf(((Write.Put) write).item(), write.condition()));
            }
        }
    }

    private Item item(Run run, InputObject object, LedgerEntry entry) {
        return item(key(run, object), entry).with(PLANNED_AT, run.planMadeAt()).with(RUN_VERSION, run.version());
    }

    private Item item(Key key, LedgerEntry entry) {
        Item item = Item.at(key)
                .with(STATE, entry.state())
                .with(RUN, entry.run())
                .with(EVENT_AT, entry.eventAt())
                .with(ERROR, entry.error())
                .with("updatedAt", clock.instant());
        LedgerEntry.End end = entry.end();
        if (end != null) {
            item = item.with(LOADED, end.loaded() ? 1 : 0)
                    .with(ENDED_AT, end.at())
                    .with(HELD_UNDER, end.heldUnder());
        }
        if (entry.run() == null) {
            item = item.expiring(clock.instant().plus(keep));
        }
        return entry.rows() == null ? item : item.with(ROWS, entry.rows());
    }

    private static Key key(Run run, InputObject object) {
        return Key.object(object.version(), run.feed());
    }

    private static LedgerEntry entry(Item item) {
        long rows = item.number(ROWS, -1);
        return new LedgerEntry(
                item.text(STATE).orElseThrow(),
                item.text(RUN).orElse(null),
                item.time(EVENT_AT).orElse(null),
                rows < 0 ? null : rows,
                item.text(ERROR).orElse(null),
                item.time(ENDED_AT)
                        .map(at -> new LedgerEntry.End(
                                item.number(LOADED, 1) == 1,
                                at,
                                item.text(HELD_UNDER).orElse(null)))
                        .orElse(null));
    }
}
