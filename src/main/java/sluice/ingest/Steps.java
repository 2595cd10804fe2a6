package sluice.ingest;

import io.quarkus.arc.ClientProxy;
import org.jspecify.annotations.Nullable;
import sluice.platform.log.Log;

/** Runs independent steps in order. A step that fails does not stop the steps after it. */
public final class Steps {

    private static final Log LOG = Log.of(Steps.class);

    private @Nullable RuntimeException failure;

    /** The name of a bean's class: for a client proxy its superclass, because the first call creates the bean. */
    public static String name(Object bean) {
        Class<?> type = bean.getClass();
        return (bean instanceof ClientProxy ? type.getSuperclass() : type).getSimpleName();
    }

    /** Runs a step, and keeps its exception for {@link #end}. */
    public Steps then(String name, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException exception) {
            failed(name, exception);
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            // What exhausted it is not known to the steps after it.
            failed(name, new IllegalStateException("a step needs more stack or memory than there is", exhausted));
        }
        return this;
    }

    private void failed(String name, RuntimeException exception) {
        // Funqy reports the failure to Lambda without its stack trace.
        LOG.error(exception, "A step failed", "step", name);
        if (failure == null) {
            failure = exception;
        } else {
            failure.addSuppressed(exception);
        }
    }

    /** @throws RuntimeException the exception of the first step that failed; it carries the later ones as suppressed */
    public void end() {
        if (failure != null) {
            throw failure;
        }
    }
}
