package sluice.platform.state;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;
import sluice.platform.log.Log;

/**
 * The transactional outbox. The write that makes an event true also stores the event, and the bus gets it afterwards. An
 * event stays in the due index until the bus confirms it, so {@code poll} sends what a function could not.
 */
@ApplicationScoped
@Priority(90)
public class Outbox implements DueItemHandler {

    private static final Log LOG = Log.of(Outbox.class);
    private static final String BODY = "event";
    /** How long whoever stored an event has to send it. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StateTable table;
    private final DueItemReader reader;
    private final EventBus bus;
    private final StateJson json;
    private final Clock clock;

    Outbox(StateTable table, DueItemReader reader, EventBus bus, StateJson json, Clock clock) {
        this.table = table;
        this.reader = reader;
        this.bus = bus;
        this.json = json;
        this.clock = clock;
    }

    /** Returns the write that stores an event, for the transaction that makes it true. Repeating it is a no-op. */
    public Write stored(CloudEvent event) {
        Key key = Key.outbox(event.id());
        return Write.put(Item.at(key)
                .with(BODY, json.write(event))
                .due(event.id(), clock.instant().plus(PATIENCE)));
    }

    /** Sends stored events. Events that the bus does not confirm stay for {@link #handle}. */
    public void send(List<CloudEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            bus.publish(events).forEach(id -> table.remove(Key.outbox(id)));
        } catch (StateException exception) {
            LOG.warn("Sent events stay in the outbox", "reason", exception.getMessage());
        }
    }

    @Override
    public boolean keepsTicking(Item item) {
        return item.text(BODY).isPresent();
    }

    /** Sends the events among the items of the due index. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        send(reader.read(due, item -> item.text(BODY).map(text -> json.read(text, CloudEvent.class))));
    }
}
