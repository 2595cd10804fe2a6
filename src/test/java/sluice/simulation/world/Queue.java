package sluice.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An SQS queue: at least once, in any order, with a visibility timeout and a dead-letter queue. */
final class Queue {

    private static final Duration VISIBILITY = Duration.ofMinutes(6);
    private static final int MAX_RECEIVES = 5;

    /** A message in the queue. */
    static final class Message {

        private final String body;
        private int receives;
        private Instant visibleAt;

        private Message(String body, Instant visibleAt) {
            this.body = body;
            this.visibleAt = visibleAt;
        }

        String body() {
            return body;
        }

        Instant visibleAt() {
            return visibleAt;
        }
    }

    private final List<Message> messages = new ArrayList<>();
    private final List<Message> dead = new ArrayList<>();

    void add(String body, Instant visibleAt) {
        messages.add(new Message(body, visibleAt));
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    List<String> deadLetters() {
        return dead.stream().map(Message::body).toList();
    }

    /** Somebody moves the dead letters back, once the cause of their failures is gone. */
    void redrive(Instant now) {
        dead.forEach(message -> add(message.body, now));
        dead.clear();
    }

    List<Message> visible(Instant now) {
        return messages.stream()
                .filter(message -> !message.visibleAt.isAfter(now))
                .toList();
    }

    /** When the next message can be received, far in the future where there is none. */
    Instant nextVisible() {
        return messages.stream()
                .map(message -> message.visibleAt)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** A consumer receives the message; it comes again unless it is deleted. */
    void receive(Message message, Instant now) {
        message.receives++;
        message.visibleAt = now.plus(VISIBILITY);
    }

    void delete(Message message) {
        messages.remove(message);
    }

    /** The consumer failed: once more, or to the dead letters. */
    void failed(Message message) {
        if (message.receives >= MAX_RECEIVES && messages.remove(message)) {
            dead.add(message);
        }
    }
}
