package sluice.ingest.run;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Works on several elements at once. The work mostly waits for Druid, S3 and the state table. */
public interface ParallelExecutor {

    /**
     * Calls the consumer with each element, several at a time and in their order, and returns when all calls have. A failure
     * does not stop the other calls. The consumer may call this again.
     *
     * @throws java.util.concurrent.CompletionException around the first failure, after all elements are done
     */
    <T> void each(Collection<T> elements, Consumer<T> consumer);

    /** Starts the work, and returns at once. */
    CompletableFuture<Void> start(Runnable work);
}
