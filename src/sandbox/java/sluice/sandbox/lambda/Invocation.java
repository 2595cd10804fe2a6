package sluice.sandbox.lambda;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One event on its way through a function.
 *
 * @param requestId Lambda's id of this invocation
 * @param payload   the event, JSON
 * @param deadline  when the function's time is over
 * @param outcome   completed once, by whichever comes first: answer, error, time-out, end of the process
 */
record Invocation(String requestId, byte[] payload, Instant deadline, CompletableFuture<Outcome> outcome) {

    static Invocation of(byte[] payload, Instant deadline) {
        return new Invocation(UUID.randomUUID().toString(), payload, deadline, new CompletableFuture<>());
    }
}
