package sluice.entry.function;

import io.quarkus.funqy.Funq;
import sluice.platform.log.Log;
import sluice.upkeep.retention.ScheduledSweeps;

/** {@code retain}: sweeps every datasource of every cluster, once a day. */
public class RetainFunction {

    private static final Log LOG = Log.of(RetainFunction.class);

    private final ScheduledSweeps sweeps;
    private final InvocationFrame frame;

    RetainFunction(ScheduledSweeps sweeps, InvocationFrame frame) {
        this.sweeps = sweeps;
        this.frame = frame;
    }

    @Funq("retain")
    public Swept retain() {
        return frame.around(this::swept);
    }

    private Swept swept() {
        try {
            return new Swept(sweeps.run());
        } catch (RuntimeException exception) {
            // Funqy reports the failure to Lambda without its stack trace. The next sweep does the rest.
            LOG.error(exception, "Sweep failed");
            throw exception;
        }
    }
}
