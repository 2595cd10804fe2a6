package sluice.sandbox;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells again and again that a step is running, until it is closed: the first start downloads for minutes. */
final class Waiting implements AutoCloseable {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "waiting");
        daemon.setDaemon(true);
        return daemon;
    });

    /** @param activity what the step is about at the moment; empty if it does not say */
    Waiting(String step, Duration pause, Supplier<String> activity, Progress progress) {
        long start = System.nanoTime();
        thread.scheduleWithFixedDelay(
                () -> progress.waiting(step, Duration.ofNanos(System.nanoTime() - start), activity.get()),
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
