package sluice.sandbox.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A standard SQS queue: at least once, no order promised, with visibility timeout and a dead-letter queue.
 *
 * <p>A message that failed is shown again after the sandbox's retry delay instead of the rest of its visibility timeout,
 * so that tests of retries take seconds.
 */
public final class SqsQueue {

    private final String name;
    private final Routes.QueueSettings settings;
    private final Duration retryDelay;
    private final Map<String, SqsMessage> messages = new LinkedHashMap<>();
    private final List<String> deadLetters = new ArrayList<>();
    private boolean paused;

    SqsQueue(String name, Routes.QueueSettings settings, Duration retryDelay) {
        this.name = name;
        this.settings = settings;
        this.retryDelay = retryDelay;
    }

    public String name() {
        return name;
    }

    Routes.QueueSettings settings() {
        return settings;
    }

    String arn() {
        return Aws.arn("sqs", name);
    }

    /** Puts a message on the queue that belongs to no trace. */
    public void send(String body) {
        send(body, Optional.empty());
    }

    /**
     * Puts a message on the queue.
     *
     * @param trace the sender's tracing header, which comes along as {@code AWSTraceHeader}
     */
    synchronized void send(String body, Optional<String> trace) {
        SqsMessage message = new SqsMessage(body, trace);
        messages.put(message.id(), message);
        notifyAll();
    }

    /** Bodies of all messages that are neither handled nor dead, hidden ones included. */
    public synchronized List<String> messages() {
        return messages.values().stream().map(SqsMessage::body).toList();
    }

    /** Bodies of the messages in the dead-letter queue, in the order in which they came there. */
    public synchronized List<String> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /** Moves the messages of the dead-letter queue back, as a redrive does. Returns how many there were. */
    public synchronized int redrive() {
        List<String> dead = List.copyOf(deadLetters);
        deadLetters.clear();
        dead.forEach(this::send);
        return dead.size();
    }

    /** Empties the queue and its dead-letter queue. */
    public synchronized void purge() {
        messages.clear();
        deadLetters.clear();
    }

    /** Holds back all messages until {@link #resume()}: what comes meanwhile is then received together. */
    public synchronized void pause() {
        paused = true;
    }

    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    /** Waits for a batch as an event source mapping does: for a first message, then until it is full or has waited. */
    synchronized List<Delivery> receiveBatch() throws InterruptedException {
        Instant windowEnds = null;
        while (true) {
            Instant now = Instant.now();
            buryDead(now);
            List<SqsMessage> visible = paused
                    ? List.of()
                    : messages.values().stream()
                            .filter(message -> message.isVisible(now))
                            .limit(settings.batchSize())
                            .toList();
            if (!visible.isEmpty() && windowEnds == null) {
                windowEnds = now.plus(settings.batchingWindow());
            }
            if (visible.size() == settings.batchSize() || (!visible.isEmpty() && !now.isBefore(windowEnds))) {
                return visible.stream().map(message -> receive(message, now)).toList();
            }
            waitFor(now, visible.isEmpty() ? nextVisible() : windowEnds);
        }
    }

    /** Receives one message alone, if it is still there; also if it is hidden: SQS may deliver a message twice. */
    synchronized Delivery receive(SqsMessage message, Instant now) {
        message.receive(now, now.plus(settings.visibilityTimeout()));
        return Delivery.of(message, arn());
    }

    /** The message is handled. Does nothing if it is gone already. */
    synchronized void delete(String messageId) {
        messages.remove(messageId);
        notifyAll();
    }

    /** The message failed: it comes back, or dies if it has come back often enough. */
    synchronized void release(String messageId) {
        SqsMessage message = messages.get(messageId);
        if (message != null) {
            message.showAt(Instant.now().plus(retryDelay));
        }
        notifyAll();
    }

    private void buryDead(Instant now) {
        for (Iterator<SqsMessage> iterator = messages.values().iterator(); iterator.hasNext(); ) {
            SqsMessage message = iterator.next();
            if (message.isVisible(now) && message.receiveCount() >= settings.maxReceiveCount()) {
                iterator.remove();
                deadLetters.add(message.body());
            }
        }
    }

    private Instant nextVisible() {
        return paused
                ? null
                : messages.values().stream()
                        .map(SqsMessage::visibleAt)
                        .min(Instant::compareTo)
                        .orElse(null);
    }

    private void waitFor(Instant now, Instant until) throws InterruptedException {
        if (until == null) {
            wait();
        } else {
            wait(Math.max(1, Duration.between(now, until).toMillis()));
        }
    }
}
