package sluice.entry.function;

import org.jspecify.annotations.Nullable;
import sluice.platform.log.Log;

/** Runs independent steps in order. A step that fails does not stop the steps after it. */
final class Steps {

    private static final Log LOG = Log.of(Steps.class);

    private @Nullable RuntimeException failure;

    /** Runs a step, and keeps its exception for {@link #end}. */
    Steps then(String name, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException exception) {
            // Funqy reports the failure to Lambda without its stack trace.
            LOG.error(exception, "A step failed, the next tick repeats it", "step", name);
            if (failure == null) {
                failure = exception;
            } else {
                failure.addSuppressed(exception);
            }
        }
        return this;
    }

    /** @throws RuntimeException the exception of the first step that failed; it carries the later ones as suppressed */
    void end() {
        if (failure != null) {
            throw failure;
        }
    }
}
