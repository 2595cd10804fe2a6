package sluice.entry.function;

import io.quarkus.funqy.Funq;
import org.jboss.logging.Logger;
import sluice.upkeep.retention.ScheduledSweeps;

/** The daily schedule: every datasource of every cluster is swept. */
public class RetainFunction {

    private static final Logger LOG = Logger.getLogger(RetainFunction.class);

    private final ScheduledSweeps sweeps;

    RetainFunction(ScheduledSweeps sweeps) {
        this.sweeps = sweeps;
    }

    @Funq("retain")
    public Swept retain() {
        try {
            return new Swept(sweeps.run());
        } catch (RuntimeException exception) {
            // Funqy's answer to Lambda has no stack; the next sweep does what this one left.
            LOG.error("Sweep failed", exception);
            throw exception;
        }
    }
}
