package sluice.state;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks at many things at once. A look is mostly waiting for Druid and DynamoDB, so a few threads make one function fast
 * enough for thousands of runs; more would only crowd its connections.
 */
@ApplicationScoped
public class Workers {

    private static final int THREADS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** Calls the consumer with each element, several at a time, and returns when all have been looked at. */
    public <T> void each(Collection<T> elements, Consumer<T> consumer) {
        map(elements, element -> {
            consumer.accept(element);
            return element;
        });
    }

    /** What the function makes of each element, several at a time, in the order of the elements. */
    public <T, R> List<R> map(Collection<T> elements, Function<T, R> function) {
        List<CompletableFuture<R>> looks = elements.stream()
                .map(element -> CompletableFuture.supplyAsync(() -> function.apply(element), threads))
                .toList();
        CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new)).join();
        return looks.stream().map(CompletableFuture::join).toList();
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdown();
    }
}
