package sluice.ingest.run;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import sluice.platform.log.Trace;

/**
 * A few threads are enough for thousands of runs. More would only compete for the connections of one function. Whoever calls
 * works along, so work may hand out more work without waiting for a free thread.
 */
@ApplicationScoped
class ThreadPool implements ParallelExecutor {

    private static final int AT_ONCE = 8;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Override
    public <T> void each(Collection<T> elements, Consumer<T> consumer) {
        work(elements, Math.min(AT_ONCE, elements.size()), consumer);
    }

    @Override
    public CompletableFuture<Void> start(Runnable work) {
        return CompletableFuture.runAsync(Trace.carried(work), threads);
    }

    private <T> void work(Collection<T> elements, int workers, Consumer<T> consumer) {
        Queue<T> open = new ConcurrentLinkedQueue<>(elements);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable worker = () -> {
            for (T element = open.poll(); element != null; element = open.poll()) {
                try {
                    consumer.accept(element);
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError exception) {
                    failure.compareAndSet(null, exception);
                }
            }
        };
        CompletableFuture<?>[] others = Stream.generate(
                        () -> CompletableFuture.runAsync(Trace.carried(worker), threads))
                .limit(Math.max(0, workers - 1))
                .toArray(CompletableFuture[]::new);
        worker.run();
        CompletableFuture.allOf(others).join();
        if (failure.get() != null) {
            throw new CompletionException(failure.get());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdown();
    }
}
