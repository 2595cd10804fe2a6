package sluice.follow;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.compaction.Compactor;
import sluice.rollback.AutomaticRollback;
import sluice.run.Run;
import sluice.run.RunStore;

/** Does what comes after the end of a run. Each part can be done again, and one that fails does not keep the other. */
@ApplicationScoped
public class Follow {

    private static final Logger LOG = Logger.getLogger(Follow.class);

    private final RunStore runs;
    private final AutomaticRollback rollback;
    private final Compactor compactor;
    private final LoadedObjects objects;

    Follow(RunStore runs, AutomaticRollback rollback, Compactor compactor, LoadedObjects objects) {
        this.runs = runs;
        this.rollback = rollback;
        this.compactor = compactor;
        this.objects = objects;
    }

    /** The run has ended, as far as an event tells; what it is by now decides. */
    public void ended(String runId) {
        Optional<Run> run = runs.find(runId).filter(Run::hasEnded);
        if (run.isEmpty()) {
            LOG.infof("Run %s has not ended, or goes on with another attempt: nothing follows", runId);
            return;
        }
        try {
            rollback.consider(runId);
            compactor.ended(run.get());
        } finally {
            objects.tag(run.get());
        }
    }
}
