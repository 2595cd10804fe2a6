package sluice.platform.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import sluice.platform.log.Log;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Amazon EventBridge: {@code detail-type} is the CloudEvent's type, {@code detail} the whole CloudEvent.
 *
 * <p>A failure throws nothing: the publisher keeps unconfirmed events in an outbox and sends them again.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
@ApplicationScoped
class EventBridgeBus implements EventBus {

    private static final Log LOG = Log.of(EventBridgeBus.class);

    private final EventBridgeClient client;
    private final ObjectMapper mapper;
    private final String busName;

    EventBridgeBus(EventBridgeClient client, ObjectMapper mapper, EventSettings settings) {
        this.client = client;
        this.mapper = mapper;
        this.busName = settings.bus();
    }

    @Override
    public List<String> publish(List<CloudEvent> events) {
        List<String> confirmed = new ArrayList<>(events.size());
        for (int from = 0; from < events.size(); from += EVENTS_PER_CALL) {
            List<CloudEvent> page = events.subList(from, Math.min(from + EVENTS_PER_CALL, events.size()));
            try {
                confirmed.addAll(put(page));
            } catch (SdkException | UncheckedIOException exception) {
                LOG.warn("Bus is unavailable, events stay in the outbox", "reason", exception.getMessage());
            }
        }
        return List.copyOf(confirmed);
    }

    private List<String> put(List<CloudEvent> page) {
        List<PutEventsRequestEntry> entries = page.stream().map(this::entry).toList();
        List<PutEventsResultEntry> results =
                client.putEvents(request -> request.entries(entries)).entries();
        List<String> confirmed = new ArrayList<>(page.size());
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).errorCode() == null) {
                confirmed.add(page.get(i).id());
            } else {
                LOG.warn(
                        "Bus refused an event, it stays in the outbox",
                        "eventId",
                        page.get(i).id(),
                        "code",
                        results.get(i).errorCode(),
                        "reason",
                        results.get(i).errorMessage());
            }
        }
        return confirmed;
    }

    private PutEventsRequestEntry entry(CloudEvent event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(busName)
                .source(event.source())
                .detailType(event.type())
                .time(event.time())
                .detail(json(event))
                .build();
    }

    private String json(CloudEvent event) {
        try {
            return mapper.writeValueAsString(event);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The data of event " + event.id() + " is not JSON", exception);
        }
    }
}
