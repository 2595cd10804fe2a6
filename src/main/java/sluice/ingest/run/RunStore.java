package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Write;

/** Runs in the state table. Every write of a run is conditional on the version that was read. */
@ApplicationScoped
public class RunStore {

    private static final Logger LOG = Logger.getLogger(RunStore.class);
    private static final String BODY = "body";
    private static final String VERSION = "version";
    static final String HOLDER = "holder";
    /** Stands for the holder when two runs asked at the same moment and neither got the lease. */
    public static final String CONTENDED = "contended";

    /** DynamoDB takes items of 400 KB; the rest is room for keys and attributes. */
    private static final int LARGEST_PLAN = 380_000;

    private final StateTable table;
    private final StateJson json;
    private final Clock clock;
    private final Duration keep;

    RunStore(
            StateTable table,
            StateJson json,
            Clock clock,
            @ConfigProperty(name = "sluice.state.keep", defaultValue = "P400D") Duration keep) {
        this.table = table;
        this.json = json;
        this.clock = clock;
        this.keep = keep;
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
    public Write writePlan(String runId, int number, Plan plan) {
        Item item = Item.at(Key.plan(runId, number)).withCompressed(BODY, json.write(plan));
        int bytes = item.bytes(BODY);
        if (bytes > LARGEST_PLAN) {
            throw new PlanTooLargeException(runId, plan.objects().size(), bytes);
        }
        return Write.put(expiring(item));
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
        if (!table.putIf(item(written), isAsRead(written))) {
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
        } catch (TransactionCancelledException exception) {
            throw new StaleRunException(run.id());
        }
        return written;
    }

    /** The write of a run's next version, for a transaction; {@code written} has its version counted up already. */
    public Write write(Run written) {
        return Write.put(item(written), isAsRead(written));
    }

    /** Nobody has written the run since this version's predecessor was read. */
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
                .with("kind", written.kind())
                .with("createdAt", written.createdAt())
                .with("definitionHash", written.definitionHash())
                .due(written.id(), written.dueAt()));
    }

    /**
     * Takes the leases on all time chunks of the run, all or none; a run that holds them already keeps them.
     *
     * @return the run that holds one of them, or nothing when all are taken
     */
    public Optional<String> lease(Run run) {
        List<Write> writes = new ArrayList<>();
        for (TimeChunk chunk : run.chunks()) {
            Key key = Key.lease(run.cluster(), run.datasource(), chunk.start());
            writes.add(Write.put(Item.at(key).with(HOLDER, run.id()), isFreeOrHeldBy(run.id())));
        }
        try {
            table.transact(writes);
            return Optional.empty();
        } catch (TransactionCancelledException exception) {
            return Optional.of(exception.failures().stream()
                    .flatMap(failure -> failure.stored().stream())
                    .flatMap(lease -> lease.text(HOLDER).stream())
                    .filter(holder -> !holder.equals(run.id()))
                    .findFirst()
                    .orElse(CONTENDED));
        }
    }

    /** Writes the next version of a run that has ended, and gives its leases back with it. */
    Run saveAndRelease(Run run) {
        Run written = run.written();
        List<Write> writes = new ArrayList<>();
        writes.add(write(written));
        for (TimeChunk chunk : run.chunks()) {
            writes.add(
                    Write.delete(Key.lease(run.cluster(), run.datasource(), chunk.start()), isFreeOrHeldBy(run.id())));
        }
        try {
            table.transact(writes);
            return written;
        } catch (TransactionCancelledException exception) {
            if (exception.conditionFailed(Key.run(run.id()))) {
                throw new StaleRunException(run.id());
            }
            // A run that never got its turn ends while another holds the chunk: there is nothing to give back.
            return save(run);
        }
    }

    /** Takes leases away from a run that has ended without giving them back. */
    public void releaseFor(Run run, String endedHolder) {
        for (TimeChunk chunk : run.chunks()) {
            Key key = Key.lease(run.cluster(), run.datasource(), chunk.start());
            try {
                table.transact(List.of(Write.delete(key, isFreeOrHeldBy(endedHolder))));
            } catch (TransactionCancelledException exception) {
                // Another submitter did the same and has the lease by now; asking for it will tell.
                LOG.debugf("The lease on %s of run %s was taken over already", chunk.interval(), endedHolder);
            }
        }
    }

    private static Condition isFreeOrHeldBy(String runId) {
        return Condition.absent().or(Condition.equal(HOLDER, runId));
    }

    private Item expiring(Item item) {
        return item.expiring(clock.instant().plus(keep));
    }

    private Run run(Item item) {
        return runOf(item).orElseThrow();
    }
}
