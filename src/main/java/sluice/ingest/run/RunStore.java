package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.platform.state.Batches;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.LargeTexts;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Write;

/** Runs in the state table. Every write of a run is conditional on the version that was read. */
@ApplicationScoped
public class RunStore {

    private static final String BODY = "body";
    private static final String VERSION = "version";

    private final StateTable table;
    private final StateJson json;
    private final LargeTexts texts;
    private final Clock clock;
    private final Duration keep;

    RunStore(StateTable table, StateJson json, LargeTexts texts, Clock clock, StateSettings settings) {
        this.table = table;
        this.json = json;
        this.texts = texts;
        this.clock = clock;
        this.keep = settings.keep();
    }

    public Optional<Run> find(String runId) {
        return table.get(Key.run(runId)).map(this::run);
    }

    /** Returns those of the runs that exist, in no order. */
    public List<Run> findAll(List<String> runIds) {
        List<Run> found = new ArrayList<>();
        Batches.of(runIds, StateTable.MOST_KEYS)
                .forEach(batch ->
                        table.getAll(batch.stream().map(Key::run).toList()).forEach(item -> found.add(run(item))));
        return found;
    }

    /**
     * Returns the present plan of the run.
     *
     * @throws IllegalStateException if the table does not have it
     */
    public Plan plan(Run run) {
        return findPlan(run)
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " has no plan " + run.plan()));
    }

    /** Returns the present plan of the run; empty if the table has removed it, which happens to the plan of an old run. */
    public Optional<Plan> findPlan(Run run) {
        return table.get(Key.plan(run.id(), run.plan()))
                .flatMap(item -> texts.find(item, BODY))
                .map(text -> json.read(text, Plan.class));
    }

    /** Returns who requested the present attempt of the run; empty if arriving files did. */
    public Optional<RequestedBy> order(Run run) {
        return table.get(Key.order(run.id(), run.attempt()))
                .map(item -> new RequestedBy(
                        item.text("author").orElse(null),
                        item.text("reason").orElse(null),
                        item.text("idempotencyKey").orElse(null),
                        item.time("orderedAt").orElse(null)));
    }

    /** Returns true if the task of the present attempt was posted, or is about to be. Druid may have it then. */
    public boolean mayBePosted(Run run) {
        return table.get(Key.segmentMark(run.id(), run.attempt())).isPresent();
    }

    /** Returns the segments before and after the present attempt of the run; empty if its task was never posted. */
    public Optional<SegmentSnapshot> segmentMark(Run run) {
        return segmentMark(Key.segmentMark(run.id(), run.attempt()));
    }

    /** Returns the segments before and after an attempt of the run; empty if the table does not have them. */
    public Optional<SegmentSnapshot> segmentMark(Run run, Run.Load load) {
        return segmentMark(Key.segmentMark(run.id(), load.attempt()));
    }

    private Optional<SegmentSnapshot> segmentMark(Key key) {
        return table.get(key)
                .flatMap(item -> texts.find(item, BODY))
                .map(text -> json.read(text, SegmentSnapshot.class));
    }

    /** Stores the segments of the present attempt of the run, over what is stored. */
    public void mark(Run run, SegmentSnapshot mark) {
        table.put(markItem(run, run.attempt(), mark));
    }

    /** Stores the segments of an attempt of the run, over what is stored. */
    public void mark(Run run, Run.Load load, SegmentSnapshot mark) {
        table.put(markItem(run, load.attempt(), mark));
    }

    /**
     * Stores the segments before the present attempt, and counts the run's version up in the same transaction. It must come before
     * the task is posted. Whoever read the run earlier, to supersede it or to cancel it, cannot write it any more, and finds the
     * snapshot when he reads it again.
     *
     * @return the run as it is written
     * @throws StaleRunException if another function wrote the run since it was read, or has stored a snapshot
     */
    public Run posting(Run run, SegmentSnapshot before) {
        Run written = run.written();
        try {
            table.transact(
                    List.of(write(written), Write.put(markItem(run, run.attempt(), before), Condition.absent())));
            return written;
        } catch (TransactionCancelledException exception) {
            throw new StaleRunException(run.id());
        }
    }

    /**
     * Writes the run's next version and its segments in one transaction.
     *
     * @throws StaleRunException if another function wrote the run since it was read
     */
    Run save(Run run, SegmentSnapshot mark) {
        Run written = run.written();
        try {
            table.transact(List.of(write(written), Write.put(markItem(run, run.attempt(), mark))));
            return written;
        } catch (TransactionCancelledException exception) {
            throw new StaleRunException(run.id());
        }
    }

    /** A snapshot of some ten thousand segments is larger than an item, and is stored in parts, which are written at once. */
    private Item markItem(Run run, int attempt, SegmentSnapshot mark) {
        Item item = Item.at(Key.segmentMark(run.id(), attempt));
        return expiring(texts.with(item, BODY, json.write(mark), clock.instant().plus(keep)));
    }

    /**
     * Returns the write of a plan, for the transaction that stores its run. If two functions plan one run at once, possibly with
     * different definitions, one transaction stores both its run and its plan, and the other stores nothing.
     *
     * <p>A plan that is larger than an item is stored in parts, which are written at once.
     */
    public Write writePlan(String runId, int number, Plan plan) {
        Item item = Item.at(Key.plan(runId, number));
        return Write.put(expiring(
                texts.with(item, BODY, json.write(plan), clock.instant().plus(keep))));
    }

    /** Returns true for an item of a run. */
    public static boolean isRun(Item item) {
        return item.text(BODY).isPresent() && item.text("state").isPresent();
    }

    /** Returns the run of an item of the due index; empty if the item is not a run. */
    public Optional<Run> runOf(Item item) {
        return item.text(BODY).map(text -> json.read(text, Run.class));
    }

    /**
     * Writes the run's next version.
     *
     * @throws StaleRunException if another function wrote it since it was read
     */
    public Run save(Run run) {
        Run written = run.written();
        if (!table.putIf(item(written), isAsRead(written))) {
            throw new StaleRunException(run.id());
        }
        return written;
    }

    /**
     * Writes an attempt and its plan in one transaction.
     *
     * @throws StaleRunException if another function wrote the run since it was read
     */
    public Run save(DraftedRun drafted) {
        try {
            table.transact(drafted.writes(this));
        } catch (TransactionCancelledException exception) {
            throw new StaleRunException(drafted.run().id());
        }
        return drafted.run();
    }

    /** Returns the write of a run, for a transaction. Its version is counted up already. */
    public Write write(Run written) {
        return Write.put(item(written), isAsRead(written));
    }

    /** Holds if nobody has written the run since the version before this one. */
    private static Condition isAsRead(Run written) {
        return written.version() == 1 ? Condition.absent() : Condition.equal(VERSION, written.version() - 1);
    }

    private Item item(Run written) {
        return expiring(Item.at(Key.run(written.id()))
                .with(BODY, json.write(written))
                .with(VERSION, written.version())
                .with("state", written.state().label())
                .with("cluster", written.cluster())
                .with("datasource", written.datasource())
                .with("kind", written.kind().label())
                .with("createdAt", written.createdAt())
                .with("definitionHash", written.definitionHash())
                .due(written.id(), written.dueAt()));
    }

    private Item expiring(Item item) {
        return item.expiring(clock.instant().plus(keep));
    }

    private Run run(Item item) {
        return runOf(item).orElseThrow();
    }
}
