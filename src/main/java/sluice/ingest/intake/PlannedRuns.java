package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.InputObject;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.log.Log;
import sluice.platform.state.StateTable;
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
    private final Transitions transitions;
    private final ChunkLedger ledger;
    private final StateTable table;

    PlannedRuns(ChunkStore chunks, RunStore runs, Transitions transitions, ChunkLedger ledger, StateTable table) {
        this.chunks = chunks;
        this.runs = runs;
        this.transitions = transitions;
        this.ledger = ledger;
        this.table = table;
    }

    /**
     * Stores a run, writes the ledger and sends the events.
     *
     * @param earlier ids of runs that still matter to the chunk, the newest first
     * @param superseded the run that this one supersedes, in its next version
     * @throws sluice.platform.state.TransactionCancelledException if the chunk or a run changed meanwhile: nothing is stored then
     */
    void store(ChunkId id, ChunkState state, DraftedRun drafted, List<String> earlier, Optional<Run> superseded) {
        Run run = drafted.run();
        List<Write> writes = new ArrayList<>();
        writes.add(chunks.planned(id, state, run, earlier));
        writes.addAll(drafted.writes(runs));
        superseded.ifPresent(ended -> writes.add(runs.write(ended)));
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
        superseded.ifPresent(transitions::flush);
    }

    /** Notes that the objects are too many for a run. */
    void tooMany(ChunkId id, List<InputObject> objects, @Nullable String reason) {
        ledger.tooMany(id, objects, reason);
    }
}
