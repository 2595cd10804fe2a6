package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Runs in the state table. Every write of a run is conditional on the version that was read. */
@ApplicationScoped
public class RunStore {

    private static final Logger LOG = Logger.getLogger(RunStore.class);
    private static final String BODY = "body";
    private static final String VERSION = "version";
    static final String HOLDER = "holder";
    /** Stands for the holder when two runs asked at the same moment and neither got the lease. */
    public static final String CONTENDED = "contended";

    private static final String ABSENT = "attribute_not_exists(pk)";
    private static final String AS_READ = "version = :read";
    /** DynamoDB takes items of 400 KB; the rest is room for keys and attributes. */
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

    public Plan plan(Run run) {
        return table.get(Key.plan(run.id(), run.plan()))
                .flatMap(item -> item.compressed(BODY))
                .map(text -> json.read(text, Plan.class))
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " has no plan " + run.plan()));
    }

    /** Who asked for the present attempt of the run; empty where files did by arriving. */
    public Optional<RequestedBy> order(Run run) {
        return table.get(Key.order(run.id(), run.attempt()))
                .map(item -> new RequestedBy(
                        item.text("author").orElse(null),
                        item.text("reason").orElse(null),
                        item.text("idempotencyKey").orElse(null),
                        item.time("orderedAt").orElse(null)));
    }

    /** Segments before and after the present attempt of the run; empty where it was never submitted. */
    public Optional<SegmentSnapshot> segmentMark(Run run) {
        return table.get(Key.segmentMark(run.id(), run.attempt()))
                .flatMap(item -> item.compressed(BODY))
                .map(text -> json.read(text, SegmentSnapshot.class));
    }

    public void mark(Run run, SegmentSnapshot mark) {
        table.put(expiring(Item.at(Key.segmentMark(run.id(), run.attempt())).withCompressed(BODY, json.write(mark))));
    }

    /**
     * The write of a plan, for the transaction that stores its run: of two who plan one run at once, possibly by
     * different definitions, the run and the plan of one are stored, never the run of one and the plan of the other.
     *
     * @throws PlanTooLargeException when its objects and findings do not fit into an item
     */
    public TransactWriteItem writePlan(String runId, int number, Plan plan) {
        Item item = Item.at(Key.plan(runId, number)).withCompressed(BODY, json.write(plan));
        int bytes = item.bytes(BODY);
        if (bytes > LARGEST_PLAN) {
            throw new PlanTooLargeException(runId, plan.objects().size(), bytes);
        }
        return table.write(expiring(item));
    }

    /** The run of an item of the due index, or nothing when the item is not a run. */
    public Optional<Run> runOf(Item item) {
        return item.text(BODY).map(text -> json.read(text, Run.class));
    }

    /**
     * Writes the run's next version.
     *
     * @throws StaleRunException when somebody else wrote it since it was read
     */
    public Run save(Run run) {
        Run written = run.written();
        boolean saved = written.version() == 1
                ? table.putIf(item(written), ABSENT, Item.values())
                : table.putIf(item(written), AS_READ, Item.values().with(":read", run.version()));
        if (!saved) {
            throw new StaleRunException(run.id());
        }
        return written;
    }

    /**
     * Writes the run's next version and the plan that it points to.
     *
     * @throws StaleRunException when somebody else wrote the run since it was read
     */
    public Run save(Run run, Plan plan) {
        Run written = run.written();
        try {
            table.transact(List.of(write(written), writePlan(run.id(), run.plan(), plan)));
        } catch (TransactionCanceledException exception) {
            throw new StaleRunException(run.id());
        }
        return written;
    }

    /** The write of a run's next version, for a transaction; {@code written} has its version counted up already. */
    public TransactWriteItem write(Run written) {
        return written.version() == 1
                ? table.put(item(written), ABSENT, Item.values())
                : table.put(item(written), AS_READ, Item.values().with(":read", written.version() - 1));
    }

    private Item item(Run written) {
        Item item = Item.at(Key.run(written.id()))
                .with(BODY, json.write(written))
                .with(VERSION, written.version())
                .with("state", written.state().label())
                .with("cluster", written.cluster())
                .with("datasource", written.datasource())
                .with("kind", written.kind())
                .with("createdAt", written.createdAt())
                .with("definitionHash", written.definitionHash());
        return expiring(StateTable.due(item, written.id(), written.dueAt()));
    }

    /**
     * Takes the leases on all time chunks of the run, all or none; a run that holds them already keeps them.
     *
     * @return the run that holds one of them, or nothing when all are taken
     */
    public Optional<String> lease(Run run) {
        List<TransactWriteItem> writes = new ArrayList<>();
        for (TimeChunk chunk : run.chunks()) {
            writes.add(table.put(
                    Item.at(Key.lease(run.cluster(), run.datasource(), chunk.start()))
                            .with(HOLDER, run.id()),
                    "attribute_not_exists(pk) OR holder = :run",
                    Item.values().with(":run", run.id())));
        }
        try {
            table.transact(writes);
            return Optional.empty();
        } catch (TransactionCanceledException exception) {
            return Optional.of(exception.cancellationReasons().stream()
                    .filter(CancellationReason::hasItem)
                    .flatMap(reason -> Item.of(reason.item()).text(HOLDER).stream())
                    .filter(holder -> !holder.equals(run.id()))
                    .findFirst()
                    .orElse(CONTENDED));
        }
    }

    /** Writes the next version of a run that has ended, and gives its leases back with it. */
    Run saveAndRelease(Run run) {
        Run written = run.written();
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(write(written));
        Item values = Item.values().with(":run", run.id());
        for (TimeChunk chunk : run.chunks()) {
            writes.add(table.delete(
                    Key.lease(run.cluster(), run.datasource(), chunk.start()),
                    "attribute_not_exists(pk) OR holder = :run",
                    values));
        }
        try {
            table.transact(writes);
            return written;
        } catch (TransactionCanceledException exception) {
            if (isConditionFailure(exception.cancellationReasons().get(0))) {
                throw new StaleRunException(run.id());
            }
            // A run that never got its turn ends while another holds the chunk: there is nothing to give back.
            return save(run);
        }
    }

    /** Takes leases away from a run that has ended without giving them back. */
    public void releaseFor(Run run, String endedHolder) {
        Item values = Item.values().with(":holder", endedHolder);
        for (TimeChunk chunk : run.chunks()) {
            Key key = Key.lease(run.cluster(), run.datasource(), chunk.start());
            try {
                table.transact(List.of(table.delete(key, "attribute_not_exists(pk) OR holder = :holder", values)));
            } catch (TransactionCanceledException exception) {
                // Another submitter did the same and has the lease by now; asking for it will tell.
                LOG.debugf("The lease on %s of run %s was taken over already", chunk.interval(), endedHolder);
            }
        }
    }

    private static boolean isConditionFailure(CancellationReason reason) {
        return "ConditionalCheckFailed".equals(reason.code());
    }

    private Item expiring(Item item) {
        return item.with(StateTable.TTL, clock.instant().plus(keep).getEpochSecond());
    }

    private Run run(Item item) {
        return runOf(item).orElseThrow();
    }
}
