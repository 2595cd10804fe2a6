package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import sluice.core.batch.InputObject;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;

/** Notes at runs that had ended that what they loaded is not served any more, or that nobody knows whether it is. */
@ApplicationScoped
public class RunTakeBack {

    private final RunStore store;
    private final Transitions transitions;
    private final Ledger ledger;
    private final Clock clock;

    RunTakeBack(RunStore store, Transitions transitions, Ledger ledger, Clock clock) {
        this.store = store;
        this.transitions = transitions;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Moves the run to RolledBack and notes it at its objects. A run that has loaded nothing stays as it is. */
    public void rolledBack(Run run, String reason) {
        if (!run.mayHaveLoaded() || !(run.state() instanceof RunState.Ended ended)) {
            return;
        }
        revise(
                run,
                ended.rolledBack(clock.instant(), new Problem(Problem.Code.DEFINITION_ROLLED_BACK, reason)),
                reason);
    }

    /** Moves the run to Failed. Its objects count as loaded. A run that has loaded nothing, or is in doubt already, stays as it is. */
    public void inDoubt(Run run, String reason) {
        boolean isLoaded = run.load().filter(load -> !load.isInDoubt()).isPresent();
        if (isLoaded && run.state() instanceof RunState.Ended ended) {
            revise(run, ended.inDoubt(clock.instant(), new Problem(Problem.Code.NOT_TAKEN_BACK, reason)), reason);
        }
    }

    private void revise(Run run, RunState.Ended end, String reason) {
        List<InputObject> objects = store.plan(run).objects();
        // First, as at the end of a run: of two that have read the same version, one goes on.
        Run alone = store.save(run);
        ledger.revised(alone, end, objects, reason);
        transitions.move(alone, end);
    }
}
