package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.core.batch.InputObject;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;

/**
 * Keeps the ledger in step with the runs that are planned for time chunks. A run's transaction names the run at each of its
 * chunks, and the ledger is written after it. Whoever plans for a chunk next completes the ledger first, in case that the
 * process died in between, and plans only if nobody has planned since. So whoever reads the ledger to plan finds every object that
 * a run has taken.
 */
@ApplicationScoped
class ChunkLedger {

    private final ChunkStore chunks;
    private final RunStore runs;
    private final Ledger ledger;

    ChunkLedger(ChunkStore chunks, RunStore runs, Ledger ledger) {
        this.chunks = chunks;
        this.runs = runs;
        this.ledger = ledger;
    }

    /** Assigns the objects of the chunk's last runs, which their planners did not if they died. */
    void complete(ChunkId id, ChunkState state) {
        String planned = state.lastRun();
        if (planned != null && !planned.equals(state.ledgerRun())) {
            assign(planned);
            chunks.ledgerWritten(id, planned);
        }
        String ordered = state.orderedRun();
        if (ordered != null) {
            assign(ordered);
            chunks.orderWritten(id, ordered);
        }
    }

    /** Assigns the objects of a run that was just planned for what has gathered. */
    void planned(ChunkId id, Run run, List<InputObject> objects) {
        ledger.assign(run, objects);
        chunks.ledgerWritten(id, run.id());
    }

    /** Assigns the objects of a run that was just ordered. */
    void ordered(List<ChunkId> ids, Run run, List<InputObject> objects) {
        ledger.assign(run, objects);
        ids.forEach(id -> chunks.orderWritten(id, run.id()));
    }

    private void assign(String runId) {
        runs.find(runId).ifPresent(run -> runs.findPlan(run).ifPresent(plan -> ledger.assign(run, plan.objects())));
    }
}
