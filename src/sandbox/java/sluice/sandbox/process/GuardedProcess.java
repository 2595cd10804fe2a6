package sluice.sandbox.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process of the sandbox: it can be killed, and its log can be read. */
public final class GuardedProcess {

    /** Only the process that started another one learns its exit code. */
    public static final int UNKNOWN_EXIT = -1;

    private final String name;
    private final ProcessHandle process;
    private final CompletableFuture<Integer> exit;
    private final LogFile log;

    /** @param exit completes with the exit code; an adopted process has none */
    GuardedProcess(String name, ProcessHandle process, CompletableFuture<Integer> exit, LogFile log) {
        this.name = name;
        this.process = process;
        this.exit = exit;
        this.log = log;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public LogFile log() {
        return log;
    }

    /**
     * Completes with the exit code; 128 plus the number of the signal if a signal ended the process. The code of an
     * adopted process is unknown: {@link #UNKNOWN_EXIT}.
     */
    public CompletableFuture<Integer> onExit() {
        return exit;
    }

    /**
     * Waits until the process has written this line.
     *
     * @throws IllegalStateException if it ends before or takes too long; the message carries the end of its log
     */
    public void awaitLine(String line, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!log.lines().contains(line)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " did not start:\n" + log.tail(60));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Asks the process to end in an orderly way (signal 15) without waiting for it. */
    public void terminate() {
        process.destroy();
    }

    /** Ends the process with signal 9 and waits until it is gone. Does nothing if it is gone already. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The most resident memory so far in bytes; 0 if the process is gone or the system has no /proc. */
    public long peakBytes() {
        return ResidentMemory.peakOf(process.pid());
    }

    /** Resident memory in bytes; 0 if the process is gone or the system has no /proc. */
    public long residentBytes() {
        return ResidentMemory.of(process.pid());
    }
}
