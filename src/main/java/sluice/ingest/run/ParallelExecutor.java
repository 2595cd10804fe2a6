package sluice.ingest.run;

import java.util.Collection;
import java.util.function.Consumer;

/** Works on many elements at once. The work is mostly waiting for Druid, S3 and the state table. */
public interface ParallelExecutor {

    /**
     * Calls the consumer with each element, several at a time, and returns when all are done. A failure does not stop the
     * others.
     *
     * @throws java.util.concurrent.CompletionException around the first failure, after all elements are done
     */
    <T> void each(Collection<T> elements, Consumer<T> consumer);
}
