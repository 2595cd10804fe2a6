package sluice.entry.function;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;
import sluice.platform.log.Trace;
import sluice.platform.metric.Metrics;

/** What every invocation begins and ends with: its log lines carry its trace, and its metrics are written before it ends. */
@ApplicationScoped
class InvocationFrame {

    private final Metrics metrics;

    InvocationFrame(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Runs the work of a function. */
    <T> T around(Supplier<T> work) {
        Trace.begin();
        try {
            return work.get();
        } finally {
            Trace.end();
            MDC.clear();
            metrics.flush();
        }
    }

    /**
     * Runs the work on a message.
     *
     * @param traceHeader the trace of whoever sent the message; null if SQS names none
     */
    void around(@Nullable String traceHeader, Runnable work) {
        around(() -> {
            if (traceHeader != null) {
                Trace.begin(traceHeader);
            }
            work.run();
            return null;
        });
    }
}
