package sluice.sandbox.lambda;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A message in a queue. Its state changes under the lock of its {@link SqsQueue}.
 */
final class SqsMessage {

    private final String id = UUID.randomUUID().toString();
    private final String body;
    private final Optional<String> trace;
    private final Instant sent = Instant.now();
    private Instant firstReceived;
    private Instant visibleAt = sent;
    private int receiveCount;

    SqsMessage(String body, Optional<String> trace) {
        this.body = body;
        this.trace = trace;
    }

    String id() {
        return id;
    }

    String body() {
        return body;
    }

    /** The tracing header of whoever sent the message. */
    Optional<String> trace() {
        return trace;
    }

    Instant sent() {
        return sent;
    }

    Instant firstReceived() {
        return firstReceived;
    }

    Instant visibleAt() {
        return visibleAt;
    }

    int receiveCount() {
        return receiveCount;
    }

    boolean isVisible(Instant now) {
        return !visibleAt.isAfter(now);
    }

    void receive(Instant now, Instant hiddenUntil) {
        if (firstReceived == null) {
            firstReceived = now;
        }
        receiveCount++;
        visibleAt = hiddenUntil;
    }

    void showAt(Instant time) {
        visibleAt = time;
    }
}
