package sluice.platform.event;

import java.util.List;

/** Where events go. */
public interface EventBus {

    /**
     * Puts the events on the bus, in order, in as few calls as the bus allows.
     *
     * @return the ids of the events that the bus confirmed; the others have to be sent again
     */
    List<String> publish(List<CloudEvent> events);
}
