package sluice.sandbox.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import sluice.sandbox.process.GuardedProcess;

/** One execution environment of a function: a process with its own Runtime API. Takes one invocation at a time. */
final class FunctionProcess {

    /** AWS gives ten seconds; a busy test machine needs more. A process that ends is noticed at once. */
    private static final Duration MAX_INITIALISATION = Duration.ofSeconds(240);

    private final RuntimeApi api;
    private final GuardedProcess process;

    /** @param start starts the process, given the address of its Runtime API */
    FunctionProcess(RuntimeApi api, Function<String, GuardedProcess> start) {
        this.api = api;
        this.process = start.apply(api.address());
        process.onExit().thenAccept(code -> {
            api.abandon(Outcome.Failure.of("Runtime.ExitError", "Runtime exited with code " + code));
            api.close();
        });
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the runtime asks for its first invocation. Returns the failure if it never does. */
    Optional<Outcome.Failure> awaitInitialised() throws InterruptedException {
        try {
            api.initialised().get(MAX_INITIALISATION.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException failure) {
            return Optional.of(
                    Outcome.Failure.of("Runtime.InitError", failure.getCause().getMessage()));
        } catch (TimeoutException slow) {
            return Optional.of(Outcome.Failure.of(
                    "Runtime.InitError", "Initialisation took longer than " + MAX_INITIALISATION.toSeconds() + " s"));
        }
    }

    /** Hands over an event and waits for the outcome. Kills the process if it takes longer than allowed. */
    Outcome invoke(byte[] payload, Duration timeout) throws InterruptedException {
        var failure = awaitInitialised();
        if (failure.isPresent()) {
            kill();
            return failure.get();
        }
        Invocation invocation = Invocation.of(payload, Instant.now().plus(timeout));
        api.offer(invocation);
        if (!process.isAlive()) {
            return Outcome.Failure.of("Runtime.ExitError", "Runtime exited before the invocation");
        }
        try {
            return invocation.outcome().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            kill();
            return Outcome.Failure.of(
                    "Sandbox.Timedout",
                    "%s Task timed out after %d.00 seconds".formatted(invocation.requestId(), timeout.toSeconds()));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("Outcomes are completed with values only", impossible);
        }
    }

    /** The most memory that the process has had so far, in bytes; 0 where the system does not tell. */
    long peakBytes() {
        return process.peakBytes();
    }

    void kill() {
        process.kill();
    }
}
