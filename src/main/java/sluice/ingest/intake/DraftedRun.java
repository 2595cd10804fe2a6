package sluice.ingest.intake;

import java.util.List;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Write;

/** A run that is ready to be stored, and what it will do. */
record DraftedRun(Run run, Plan plan) {

    /** The writes of both, for one transaction. */
    List<Write> writes(RunStore store) {
        return List.of(store.write(run), store.writePlan(run.id(), run.plan(), plan));
    }
}
