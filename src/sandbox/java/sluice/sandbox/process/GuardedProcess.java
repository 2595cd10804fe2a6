package sluice.sandbox.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process of the sandbox: it can be killed, and its log can be read. */
public final class GuardedProcess {

    private final String name;
    private final Process process;
    private final LogFile log;

    GuardedProcess(String name, Process process, LogFile log) {
        this.name = name;
        this.process = process;
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

    /** Completes with the exit code; 128 plus the number of the signal if a signal ended the process. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
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
        process.destroyForcibly().onExit().join();
    }

    /** Resident memory in bytes; 0 if the process is gone or the system has no /proc. */
    public long residentBytes() {
        return ResidentMemory.of(process.pid());
    }
}
