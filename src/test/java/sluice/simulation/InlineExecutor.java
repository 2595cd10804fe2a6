package sluice.simulation;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import sluice.ingest.run.ParallelExecutor;

/** Works on one element after the other, so that a history has one order. */
final class InlineExecutor implements ParallelExecutor {

    @Override
    public <T> void each(Collection<T> elements, Consumer<T> consumer) {
        RuntimeException failure = null;
        for (T element : elements) {
            try {
                consumer.accept(element);
            } catch (RuntimeException exception) {
                failure = failure == null ? exception : failure;
            }
        }
        if (failure != null) {
            throw new CompletionException(failure);
        }
    }

    /** Throws what the work throws. */
    @Override
    public CompletableFuture<Void> start(Runnable work) {
        work.run();
        return CompletableFuture.completedFuture(null);
    }
}
