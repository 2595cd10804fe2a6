package sluice.sandbox.lambda;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * Feeds a queue's batches to its function, as many at once as the function's concurrency allows, and lets only the
 * messages that failed come back ({@code ReportBatchItemFailures}).
 */
final class EventSourceMapping implements Runnable {

    private final SqsQueue queue;
    private final LambdaFunction function;
    private final ExecutorService threads;
    private final Semaphore pollers;

    EventSourceMapping(SqsQueue queue, LambdaFunction function, ExecutorService threads) {
        this.queue = queue;
        this.function = function;
        this.threads = threads;
        this.pollers = new Semaphore(function.settings().concurrency());
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                pollers.acquire();
                List<Delivery> batch = queue.receiveBatch();
                threads.execute(() -> deliver(batch));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(List<Delivery> batch) {
        try {
            Outcome outcome = function.invoke(SqsEvent.write(batch));
            Set<String> failed = SqsEvent.failed(batch, outcome);
            for (Delivery delivery : batch) {
                if (failed.contains(delivery.messageId())) {
                    queue.release(delivery.messageId());
                } else {
                    queue.delete(delivery.messageId());
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            pollers.release();
        }
    }
}
