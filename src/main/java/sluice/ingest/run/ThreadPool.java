package sluice.ingest.run;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A few threads are enough for thousands of runs. More would only compete for the connections of one function. */
@ApplicationScoped
class ThreadPool implements ParallelExecutor {

    private static final int THREADS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @Override
    public <T> void each(Collection<T> elements, Consumer<T> consumer) {
        List<CompletableFuture<Void>> looks = elements.stream()
                .map(element -> CompletableFuture.runAsync(() -> consumer.accept(element), threads))
                .toList();
        CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new)).join();
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdown();
    }
}
