package sluice.platform.event;

import java.util.List;

/**
 * The event bus. A bus that is unreachable, throttles or refuses an event throws nothing. It does not confirm the events,
 * so they stay in the outbox.
 */
public interface EventBus {

    /** Maximum number of events in one call. */
    int EVENTS_PER_CALL = 10;

    /**
     * Puts the events on the bus, in order, in as few calls as the bus allows.
     *
     * @return the ids of the events that the bus confirmed; send the others again, although the bus may have accepted some of them
     */
    List<String> publish(List<CloudEvent> events);
}
