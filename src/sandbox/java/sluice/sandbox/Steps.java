package sluice.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import sluice.sandbox.component.Maven;

/** Runs the steps of a start beside each other and reports each when it is done. */
final class Steps {

    private final Executor threads;
    private final Progress progress;
    private final List<CompletableFuture<Void>> running = new ArrayList<>();

    Steps(Executor threads, Progress progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /** Runs a step now, on this thread. */
    void run(String name, Step step) {
        long start = System.nanoTime();
        try (Waiting waiting = new Waiting(name, Waiting.PAUSE, Maven::activity, progress)) {
            step.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during: " + name, interrupted);
        }
        progress.done(name, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Runs a step beside the others. */
    void begin(String name, Step step) {
        running.add(CompletableFuture.runAsync(() -> run(name, step), threads));
    }

    /** Waits for all steps; throws what the first of them threw that failed, without waiting for the others. */
    void await() {
        CompletableFuture<Void> firstFailure = new CompletableFuture<>();
        running.forEach(step -> step.exceptionally(failure -> {
            firstFailure.completeExceptionally(failure);
            return null;
        }));
        CompletableFuture<Void> all = CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, firstFailure).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /** A step of a start. */
    interface Step {
        void run() throws InterruptedException;
    }
}
