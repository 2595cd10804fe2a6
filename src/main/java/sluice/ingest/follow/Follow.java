package sluice.ingest.follow;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;

/** Starts what comes after the end of a run. A follow-up that fails does not stop the others. */
@ApplicationScoped
public class Follow {

    private static final Logger LOG = Logger.getLogger(Follow.class);

    private final RunStore runs;
    private final List<RunFollowUp> followUps;

    Follow(RunStore runs, @All List<RunFollowUp> followUps) {
        this.runs = runs;
        this.followUps = List.copyOf(followUps);
    }

    /**
     * Handles an event that says a run has ended. The stored state decides, because the run may have another attempt by now.
     *
     * @throws RuntimeException the first failure of a follow-up, with those of the others suppressed, after all have run
     */
    public void ended(String runId) {
        Optional<Run> run = runs.find(runId).filter(Run::hasEnded);
        if (run.isEmpty()) {
            LOG.infof("Run %s has not ended, or goes on with another attempt: nothing follows", runId);
            return;
        }
        RuntimeException failure = null;
        for (RunFollowUp followUp : followUps) {
            try {
                followUp.ended(run.get());
            } catch (RuntimeException exception) {
                if (failure == null) {
                    failure = exception;
                } else {
                    failure.addSuppressed(exception);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
