package sluice.platform.event;

import java.util.List;

/**
 * Where events go. A bus that is unreachable, throttles or refuses an event throws nothing: it does not confirm the events,
 * and they stay in the outbox.
 */
public interface EventBus {

    /** Events that a bus takes in one call. */
    int EVENTS_PER_CALL = 10;

    /**
     * Puts the events on the bus, in order, in as few calls as the bus allows.
     *
     * @return the ids of the events that the bus confirmed; the others have to be sent again, although the bus may have taken some
     *     of them
     */
    List<String> publish(List<CloudEvent> events);
}
