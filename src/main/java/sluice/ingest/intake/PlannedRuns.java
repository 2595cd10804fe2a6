package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.log.Log;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.TransactionCancelledException.Reason;
import sluice.platform.state.Write;

/**
 * Stores the runs that are planned for what has gathered. The run, the end of a superseded run and the chunk's progress are one
 * transaction.
 */
@ApplicationScoped
class PlannedRuns {

    private static final Log LOG = Log.of(PlannedRuns.class);

    private final ChunkStore chunks;
    private final RunStore runs;
    private final LeaseStore leases;
    private final Transitions transitions;
    private final ChunkLedger ledger;
    private final StateTable table;

    PlannedRuns(
            ChunkStore chunks,
            RunStore runs,
            LeaseStore leases,
            Transitions transitions,
            ChunkLedger ledger,
            StateTable table) {
        this.chunks = chunks;
        this.runs = runs;
        this.leases = leases;
        this.transitions = transitions;
        this.ledger = ledger;
        this.table = table;
    }

    /**
     * Stores a run that loads all that has gathered, writes the ledger and sends the events.
     *
     * @param insists true to store the run also if more has arrived since the chunk was read, which then goes on waiting
     * @param earlier ids of runs that still matter to the chunk, the newest first
     * @param superseded the run that this one supersedes, in its next version
     * @throws TransactionCancelledException if the chunk or a run changed meanwhile: nothing is stored then
     */
    void store(
            ChunkId id,
            ChunkState state,
            boolean insists,
            DraftedRun drafted,
            List<String> earlier,
            Optional<Run> superseded) {
        List<Write> others = superseded.map(this::ending).orElse(List.of());
        try {
            store(id, drafted, chunks.planned(id, state, drafted, earlier), others);
        } catch (TransactionCancelledException exception) {
            if (!insists || !isOnlyForArrivals(exception, id, state)) {
                throw exception;
            }
            LOG.info(
                    "Objects keep arriving, those after the listing wait",
                    "runId",
                    drafted.run().id(),
                    "chunk",
                    id);
            store(id, drafted, chunks.plannedSoFar(id, state, drafted, earlier), others);
        }
        superseded.ifPresent(transitions::flush);
    }

    /** A superseded run may have its leases already, and wait for its cluster. */
    private List<Write> ending(Run superseded) {
        List<Write> writes = new ArrayList<>(leases.returned(superseded));
        writes.add(runs.write(superseded));
        return writes;
    }

    /** Arrivals change the chunk, or are about to. */
    private static boolean isOnlyForArrivals(TransactionCancelledException exception, ChunkId id, ChunkState state) {
        return exception.failures().stream()
                .allMatch(failure -> failure.key().equals(id.key())
                        && (failure.reason() == Reason.CONFLICT
                                || failure.stored()
                                        .filter(stored -> ChunkStore.hasOnlyGrown(state, stored))
                                        .isPresent()));
    }

    /**
     * Stores a run that loads a part of what has gathered, as {@link #store} does.
     *
     * @throws TransactionCancelledException if the chunk or the run changed meanwhile: nothing is stored then
     */
    void begin(ChunkId id, ChunkState state, DraftedRun drafted) {
        store(id, drafted, chunks.begun(id, state, drafted, List.of()), List.of());
    }

    private void store(ChunkId id, DraftedRun drafted, Write chunk, List<Write> others) {
        Run run = drafted.run();
        List<Write> writes = new ArrayList<>(List.of(chunk));
        writes.addAll(drafted.writes(runs));
        writes.addAll(others);
        table.transact(writes);
        LOG.info(
                "Run is planned",
                "runId",
                run.id(),
                "state",
                run.state().label(),
                "chunk",
                id,
                "objects",
                drafted.plan().objects().size(),
                "attempt",
                run.attempt());
        ledger.planned(id, run, drafted.plan().objects());
        transitions.flush(run);
    }
}
