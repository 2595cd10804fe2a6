package sluice.entry.function;

import io.quarkus.funqy.Funq;
import org.jboss.logging.Logger;
import sluice.upkeep.retention.SweepScheduler;

/** The daily schedule: every datasource of every cluster is swept. */
public class RetainFunction {

    private static final Logger LOG = Logger.getLogger(RetainFunction.class);

    private final SweepScheduler scheduler;

    RetainFunction(SweepScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Funq("retain")
    public Swept retain() {
        try {
            return new Swept(scheduler.sweepAll());
        } catch (RuntimeException exception) {
            // Funqy's answer to Lambda has no stack; the next sweep does what this one left.
            LOG.error("Sweep failed", exception);
            throw exception;
        }
    }
}
