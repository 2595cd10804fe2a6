package sluice.platform.state;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/**
 * Asks for a tick before the schedule's next one ({@code sluice.poll.requested}). A request that is lost costs only time: the
 * schedule's next tick finds what is due.
 */
@ApplicationScoped
public class TickRequests {

    private final EventBus bus;
    private final EventSource source;
    private final PollSettings settings;
    private final Clock clock;

    TickRequests(EventBus bus, EventSource source, PollSettings settings, Clock clock) {
        this.bus = bus;
        this.source = source;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Asks for a tick if something is due before the schedule's next one may look for it.
     *
     * @param subject {@code <cluster>/<datasource>} of what is due
     */
    public void at(Instant dueAt, String subject) {
        Instant now = clock.instant();
        if (!dueAt.isBefore(now.plus(settings.lookAhead()))) {
            return;
        }
        String name = subject + "/" + dueAt;
        bus.publish(List.of(CloudEvent.named(
                EventType.POLL_REQUESTED,
                name,
                source.uri(),
                subject,
                now,
                JsonNodeFactory.instance.objectNode().put("dueAt", dueAt.toString()))));
    }
}
