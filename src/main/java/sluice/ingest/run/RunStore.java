package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
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

    /** DynamoDB accepts items of 400 KB. The rest is room for keys and attributes. */
    private static final int LARGEST_PLAN = 380_000;

    private final StateTable table;
    private final StateJson json;
    private final Clock clock;
    private final Duration keep;

    RunStore(StateTable table, StateJson json, Clock clock, StateSettings settings) {
        this.table = table;
        this.json = json;
        this.clock = clock;
        this.keep = settings.keep();
    }

    public Optional<Run> find(String runId) {
        return table.get(Key.run(runId)).map(this::run);
    }

    /**
     * Returns the present plan of the run.
     *
     * @throws IllegalStateException if the table does not have it
     */
    public Plan plan(Run run) {
        return table.get(Key.plan(run.id(), run.plan()))
                .flatMap(item -> item.compressed(BODY))
                .map(text -> json.read(text, Plan.class))
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " has no plan " + run.plan()));
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

    /** Returns the segments before and after the present attempt of the run; empty if it was never submitted. */
    public Optional<SegmentSnapshot> segmentMark(Run run) {
        return table.get(Key.segmentMark(run.id(), run.attempt()))
                .flatMap(item -> item.compressed(BODY))
                .map(text -> json.read(text, SegmentSnapshot.class));
    }

    /** Stores the segments of the present attempt of the run, over what is stored. */
    public void mark(Run run, SegmentSnapshot mark) {
        table.put(expiring(Item.at(Key.segmentMark(run.id(), run.attempt())).withCompressed(BODY, json.write(mark))));
    }

    /**
     * Returns the write of a plan, for the transaction that stores its run. If two functions plan one run at once, possibly with
     * different definitions, one transaction stores both its run and its plan, and the other stores nothing.
     *
     * @throws PlanTooLargeException if its objects and findings do not fit into an item
     */
    public Write writePlan(String runId, int number, Plan plan) {
        Item item = Item.at(Key.plan(runId, number)).withCompressed(BODY, json.write(plan));
        int bytes = item.bytes(BODY);
        if (bytes > LARGEST_PLAN) {
            throw new PlanTooLargeException(runId, plan.objects().size(), bytes);
        }
        return Write.put(expiring(item));
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
     * @throws PlanTooLargeException if the plan does not fit into an item
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
