package sluice.platform.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import sluice.platform.log.Log;
import sluice.platform.log.Trace;
import sluice.platform.metric.Metric;
import sluice.platform.metric.MetricPlace;
import sluice.platform.metric.Metrics;
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
    /** All entries of a call together; a queue takes no more of one event either. */
    private static final int MAX_CALL_BYTES = 256 * 1024;

    private final EventBridgeClient client;
    private final ObjectMapper mapper;
    private final String busName;
    private final EventMetrics eventMetrics;
    private final Metrics metrics;
    private final Clock clock;

    EventBridgeBus(
            EventBridgeClient client,
            ObjectMapper mapper,
            EventSettings settings,
            EventMetrics eventMetrics,
            Metrics metrics,
            Clock clock) {
        this.client = client;
        this.mapper = mapper;
        this.busName = settings.bus();
        this.eventMetrics = eventMetrics;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public List<String> publish(List<CloudEvent> events) {
        List<String> confirmed = new ArrayList<>(events.size());
        List<Entry> page = new ArrayList<>();
        int bytes = 0;
        for (CloudEvent event : events) {
            Entry entry = Entry.of(event, json(event));
            if (entry.bytes() > MAX_CALL_BYTES) {
                entry = shortened(event);
            }
            if (entry.bytes() > MAX_CALL_BYTES) {
                // It will never fit, and an event that stays in the outbox stays there for ever.
                LOG.error("Event is too large for the bus and is dropped", "eventId", event.id(), "type", event.type());
                confirmed.add(event.id());
                continue;
            }
            if (page.size() == EVENTS_PER_CALL || bytes + entry.bytes() > MAX_CALL_BYTES) {
                confirmed.addAll(sent(page));
                page.clear();
                bytes = 0;
            }
            page.add(entry);
            bytes += entry.bytes();
        }
        if (!page.isEmpty()) {
            confirmed.addAll(sent(page));
        }
        return List.copyOf(confirmed);
    }

    private Entry shortened(CloudEvent event) {
        LOG.warn("Event is too large for the bus and is shortened", "eventId", event.id(), "type", event.type());
        CloudEvent shortened = ShortenedEvent.of(event);
        return Entry.of(shortened, json(shortened));
    }

    private List<String> sent(List<Entry> page) {
        try {
            return put(page);
        } catch (SdkException | UncheckedIOException exception) {
            LOG.warn("Bus is unavailable, events stay in the outbox", "reason", exception.getMessage());
            page.forEach(entry -> waits(entry.event()));
            return List.of();
        }
    }

    private List<String> put(List<Entry> page) {
        List<PutEventsRequestEntry> entries = page.stream().map(this::entry).toList();
        List<PutEventsResultEntry> results =
                client.putEvents(request -> request.entries(entries)).entries();
        List<String> confirmed = new ArrayList<>(page.size());
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).errorCode() == null) {
                confirmed.add(page.get(i).event().id());
                eventMetrics.published(page.get(i).event());
            } else {
                waits(page.get(i).event());
                LOG.warn(
                        "Bus refused an event, it stays in the outbox",
                        "eventId",
                        page.get(i).event().id(),
                        "code",
                        results.get(i).errorCode(),
                        "reason",
                        results.get(i).errorMessage());
            }
        }
        return confirmed;
    }

    /** The event stays in the outbox, and how long it has been there counts again with each try. */
    private void waits(CloudEvent event) {
        metrics.peak(
                Metric.OUTBOX_AGE,
                MetricPlace.ENVIRONMENT,
                Duration.between(event.time(), clock.instant()).toSeconds());
    }

    private PutEventsRequestEntry entry(Entry entry) {
        return PutEventsRequestEntry.builder()
                .eventBusName(busName)
                .source(entry.event().source())
                .detailType(entry.event().type())
                .time(entry.event().time())
                .detail(entry.detail())
                .traceHeader(Trace.header().orElse(null))
                .build();
    }

    private String json(CloudEvent event) {
        try {
            return mapper.writeValueAsString(event);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The data of event " + event.id() + " is not JSON", exception);
        }
    }

    /** An event as EventBridge counts it. */
    private record Entry(CloudEvent event, String detail, int bytes) {

        private static final int TIME_BYTES = 14;

        static Entry of(CloudEvent event, String detail) {
            return new Entry(
                    event, detail, TIME_BYTES + length(event.source()) + length(event.type()) + length(detail));
        }

        private static int length(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
