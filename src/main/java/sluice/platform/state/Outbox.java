package sluice.platform.state;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;

/**
 * Events that are stored by the write which makes them true and go to the bus afterwards: at once where that works, and
 * otherwise with a later tick, for they stand in the due index until the bus has confirmed them.
 */
@ApplicationScoped
@Priority(10)
public class Outbox implements DueItemHandler {

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final String BODY = "event";

    private final StateTable table;
    private final EventBus bus;
    private final StateJson json;
    private final Clock clock;
    private final PollSettings settings;

    Outbox(StateTable table, EventBus bus, StateJson json, Clock clock, PollSettings settings) {
        this.table = table;
        this.bus = bus;
        this.json = json;
        this.clock = clock;
        this.settings = settings;
    }

    /** The write that stores an event, for the transaction that makes it true; repeated, it is the same event. */
    public Write stored(CloudEvent event) {
        Key key = Key.outbox(event.id());
        return Write.put(Item.at(key)
                .with(BODY, json.write(event))
                .due(event.id(), clock.instant().plus(settings.minInterval())));
    }

    /** Sends events that are stored; what the bus does not take stays for {@link #handle}. */
    public void send(List<CloudEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            bus.publish(events).forEach(id -> table.remove(Key.outbox(id)));
        } catch (StateException exception) {
            LOG.warnf("Events stay in the outbox: %s", exception.getMessage());
        }
    }

    /** Sends the events among the items of the due index. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        List<CloudEvent> events = new ArrayList<>();
        due.forEach(item -> item.text(BODY).ifPresent(text -> events.add(json.read(text, CloudEvent.class))));
        send(events);
    }
}
