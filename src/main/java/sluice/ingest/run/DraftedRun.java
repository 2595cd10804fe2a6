package sluice.ingest.run;

import java.util.List;
import sluice.platform.state.Write;

/**
 * An attempt of a run that nobody has stored yet.
 *
 * @param run with its version counted up, as it will be written
 * @param plan what the attempt does
 */
public record DraftedRun(Run run, Plan plan) {

    /** Returns the writes of the run and its plan, for one transaction. */
    public List<Write> writes(RunStore store) {
        return List.of(store.write(run), store.writePlan(run.id(), run.plan(), plan));
    }
}
