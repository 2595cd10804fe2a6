package sluice.sandbox.lambda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import sluice.sandbox.process.LogFile;

/**
 * A function as Lambda runs it: idle processes are used again, further ones are started up to the function's
 * concurrency, dead ones are replaced.
 */
public final class LambdaFunction {

    private final String name;
    private final Routes.FunctionSettings settings;
    private final LogFile log;
    private final Supplier<FunctionProcess> starter;
    private final Semaphore slots;
    private final Deque<FunctionProcess> idle = new ArrayDeque<>();
    private final Set<FunctionProcess> all = new HashSet<>();
    private volatile boolean closed;

    LambdaFunction(String name, Routes.FunctionSettings settings, LogFile log, Supplier<FunctionProcess> starter) {
        this.name = name;
        this.settings = settings;
        this.log = log;
        this.starter = starter;
        this.slots = new Semaphore(settings.concurrency());
    }

    public String name() {
        return name;
    }

    public Routes.FunctionSettings settings() {
        return settings;
    }

    /** What all processes of this function have written. */
    public LogFile log() {
        return log;
    }

    /** Invokes the function and waits for its outcome; waits for a free process if all are busy. */
    public Outcome invoke(byte[] payload) throws InterruptedException {
        slots.acquire();
        return invokeAndRelease(payload);
    }

    /** Invokes the function and waits for its end; does nothing if as many processes as its concurrency allows are busy. */
    void invokeIfFree(byte[] payload) {
        if (slots.tryAcquire()) {
            try {
                invokeAndRelease(payload);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Outcome invokeAndRelease(byte[] payload) throws InterruptedException {
        try {
            if (closed) {
                return Outcome.Failure.of("Sandbox.Closed", "The sandbox is closing");
            }
            FunctionProcess process = takeIdle().orElseGet(this::start);
            process.awaitInitialised();
            long begun = System.nanoTime();
            Outcome outcome = process.invoke(payload, settings.timeout());
            report(process, System.nanoTime() - begun);
            giveBack(process);
            return outcome;
        } finally {
            slots.release();
        }
    }

    /**
     * Starts one process ahead of the first event.
     *
     * @throws IllegalStateException if the function cannot initialise; the message carries the end of its log
     */
    public void warmUp() throws InterruptedException {
        slots.acquire();
        try {
            FunctionProcess process = takeIdle().orElseGet(this::start);
            Optional<Outcome.Failure> failure = process.awaitInitialised();
            if (failure.isPresent()) {
                process.kill();
                throw new IllegalStateException(
                        "Function " + name + " did not start: " + failure.get().body() + "\n" + log.tail(40));
            }
            giveBack(process);
        } finally {
            slots.release();
        }
    }

    /** Kills all processes of this function with signal 9. What they were working on fails; the next event starts anew. */
    public void kill() {
        processes().forEach(FunctionProcess::kill);
    }

    /** Kills all processes and starts no more. */
    void close() {
        closed = true;
        kill();
    }

    /** The line that Lambda writes at the end of each invocation: what it charges for, and the peak of the process. */
    private void report(FunctionProcess process, long nanos) {
        log.append(String.format(
                Locale.ROOT,
                "REPORT Duration: %.2f ms\tMemory Size: %d MB\tMax Memory Used: %d MB",
                nanos / 1_000_000.0,
                settings.memoryMegabytes(),
                process.peakBytes() / (1024 * 1024)));
    }

    private synchronized List<FunctionProcess> processes() {
        return List.copyOf(all);
    }

    private synchronized Optional<FunctionProcess> takeIdle() {
        for (FunctionProcess process = idle.poll(); process != null; process = idle.poll()) {
            if (process.isAlive()) {
                return Optional.of(process);
            }
            all.remove(process);
        }
        return Optional.empty();
    }

    private FunctionProcess start() {
        FunctionProcess process = starter.get();
        synchronized (this) {
            all.add(process);
        }
        return process;
    }

    private synchronized void giveBack(FunctionProcess process) {
        if (process.isAlive()) {
            idle.push(process);
        } else {
            all.remove(process);
        }
    }
}
