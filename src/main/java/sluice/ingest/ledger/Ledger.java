package sluice.ingest.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectVersion;
import sluice.core.batch.S3Location;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateTable;

/**
 * The ledger: which run loads an object, and how that went. It answers "was this file loaded?" and keeps an append from loading
 * an object twice.
 */
@ApplicationScoped
public class Ledger {

    private static final String STATE = "objectState";
    private static final String RUN = "runId";
    private static final String EVENT_AT = "eventAt";
    private static final String ROWS = "rowsRead";
    private static final String ERROR = "firstError";
    /** Stands for the cluster and the datasource of an object that concerns none. */
    private static final String NONE = "-";

    private static final Feed NO_FEED = new Feed(NONE, NONE);

    private final StateTable table;
    private final Clock clock;

    Ledger(StateTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    public Optional<LedgerEntry> find(ObjectVersion version, Feed feed) {
        return table.get(Key.object(version, feed)).map(Ledger::entry);
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

    /** Notes the outcome of an object that no run loads, over the entry that is there. */
    public void note(
            ObjectVersion version,
            Feed feed,
            LedgerEntry.Outcome outcome,
            @Nullable Instant eventAt,
            @Nullable String error) {
        write(Key.object(version, feed), LedgerEntry.of(outcome, eventAt, error));
    }

    /** Notes an object that has arrived and is not planned yet, unless a run has it already. */
    public void gathering(ObjectVersion version, Feed feed, LedgerEntry.Outcome outcome, Instant eventAt) {
        Item item = item(Key.object(version, feed), LedgerEntry.of(outcome, eventAt, null));
        table.putIf(item, Condition.lacks(RUN));
    }

    /** Assigns objects to a run. An entry that is about this run already stays as it is. */
    public void assign(Run run, List<InputObject> objects) {
        for (InputObject object : objects) {
            Item item = item(key(run, object), new LedgerEntry(run.state().label(), run.id(), null, null, null));
            table.putIf(item, Condition.lacks(RUN).or(Condition.differs(RUN, run.id())));
        }
    }

    /** Notes that what the run loaded is not served any more. An entry that is about a later run stays as it is. */
    public void takenBack(Run run, RunState.RolledBack end, List<InputObject> objects) {
        for (InputObject object : objects) {
            LedgerEntry entry = new LedgerEntry(
                    end.label(), run.id(), null, null, end.problem().message());
            table.putIf(item(key(run, object), entry), Condition.equal(RUN, run.id()));
        }
    }

    /**
     * Notes the end of a run at each of its objects.
     *
     * @param rows rows that the run read, noted if it has only one object; null if unknown
     * @param errors noted at the objects that they name; the first one also at an only object
     */
    public void ended(Run run, RunState end, List<InputObject> objects, @Nullable Long rows, List<String> errors) {
        Long rowsOfOne = objects.size() == 1 ? rows : null;
        for (InputObject object : objects) {
            String own = errors.stream()
                    .filter(error -> names(error, object))
                    .findFirst()
                    .orElse(objects.size() == 1 && !errors.isEmpty() ? errors.get(0) : null);
            write(key(run, object), new LedgerEntry(end.label(), run.id(), null, rowsOfOne, own));
        }
    }

    /** Returns true if the error names the object. Druid encodes the key in an object's address. */
    private static boolean names(String error, InputObject object) {
        String encoded = URLEncoder.encode(object.key(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return error.contains("s3://" + object.bucket() + "/" + encoded)
                || error.contains("s3://" + object.bucket() + "/" + object.key());
    }

    private void write(Key key, LedgerEntry entry) {
        table.put(item(key, entry));
    }

    private Item item(Key key, LedgerEntry entry) {
        Item item = Item.at(key)
                .with(STATE, entry.state())
                .with(RUN, entry.run())
                .with(EVENT_AT, entry.eventAt())
                .with(ERROR, entry.error())
                .with("updatedAt", clock.instant());
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
                item.text(ERROR).orElse(null));
    }
}
