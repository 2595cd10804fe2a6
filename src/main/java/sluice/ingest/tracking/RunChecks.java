package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.MDC;
import sluice.ingest.run.ParallelExecutor;
import sluice.ingest.run.Run;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.state.StateException;

/** Checks runs, several at a time. A check that fails leaves its run due and does not stop the others. */
@ApplicationScoped
class RunChecks {

    private static final Log LOG = Log.of(RunChecks.class);

    private final ParallelExecutor workers;
    private final Transitions transitions;
    private final Clock clock;

    RunChecks(ParallelExecutor workers, Transitions transitions, Clock clock) {
        this.workers = workers;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** Checks each run. No check starts after the deadline. */
    void each(List<Run> runs, Instant deadline, Consumer<Run> check) {
        workers.each(runs, run -> isolated(run, deadline, check));
    }

    private void isolated(Run run, Instant deadline, Consumer<Run> check) {
        if (clock.instant().isAfter(deadline)) {
            return;
        }
        MDC.put("runId", run.id());
        try {
            check.accept(run);
        } catch (StaleRunException exception) {
            LOG.info("Another function changed the run", "runId", run.id());
        } catch (DruidException exception) {
            LOG.warn("Druid gave no answer, the run stays due", "runId", run.id(), "reason", exception.getMessage());
            setBack(run, exception);
        } catch (StateException | ObjectStoreException exception) {
            LOG.error(exception, "Run could not be followed and stays due", "runId", run.id());
        } catch (RuntimeException exception) {
            // What this version cannot read or handle will not be better at once.
            LOG.error(exception, "Run could not be followed and is tried again later", "runId", run.id());
            setBack(run, exception);
        } finally {
            MDC.remove("runId");
        }
    }

    private void setBack(Run run, RuntimeException reason) {
        try {
            transitions.setBack(run, reason.getMessage());
        } catch (StaleRunException exception) {
            LOG.debug("Another function changed the run", "runId", run.id());
        } catch (StateException exception) {
            LOG.warn("Run could not be set back", "runId", run.id(), "reason", exception.getMessage());
        }
    }
}
