package sluice.entry.function;

import org.jboss.logging.Logger;

/** Steps that do not depend on each other: one that fails does not keep those after it from their turn. */
final class Steps {

    private static final Logger LOG = Logger.getLogger(Steps.class);

    private RuntimeException failure;

    /** Takes the step; what it throws is kept for {@link #end}. */
    Steps then(String name, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException exception) {
            // Funqy's answer to Lambda has no stack.
            LOG.errorf(exception, "The step '%s' failed; the next tick does what it left", name);
            if (failure == null) {
                failure = exception;
            } else {
                failure.addSuppressed(exception);
            }
        }
        return this;
    }

    /** @throws RuntimeException what the first step that failed has thrown */
    void end() {
        if (failure != null) {
            throw failure;
        }
    }
}
