package sluice.ingest.follow;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import sluice.ingest.Steps;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.log.Log;

/** Starts what follows the end of a run. A follow-up that fails does not stop the others. */
@ApplicationScoped
public class Follow {

    private static final Log LOG = Log.of(Follow.class);

    private final RunStore runs;
    private final List<RunFollowUp> followUps;

    Follow(RunStore runs, @All List<RunFollowUp> followUps) {
        this.runs = runs;
        this.followUps = List.copyOf(followUps);
    }

    /**
     * Handles an event about the end of a run. The stored state decides, because the run may have another attempt by now.
     *
     * @throws RuntimeException the first failure of a follow-up after all have been called, with those of the others suppressed
     */
    public void ended(String runId) {
        Optional<Run> run = runs.find(runId).filter(Run::hasEnded);
        if (run.isEmpty()) {
            LOG.info("Event of a run that is gone or not at its end is ignored", "runId", runId);
            return;
        }
        Steps steps = new Steps();
        followUps.forEach(followUp -> steps.then(Steps.name(followUp), () -> followUp.ended(run.get())));
        steps.end();
    }
}
