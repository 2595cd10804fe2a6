package sluice.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.platform.log.Trace;
import sluice.platform.metric.Metric;
import sluice.platform.metric.Metrics;
import sluice.platform.metric.RecordedMetrics;
import sluice.simulation.Beans;
import sluice.simulation.DefaultSettings;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

class EventBridgeBusTest {

    private static final int LIMIT = 256 * 1024;
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Client client = new Client();
    private final RecordedMetrics recorded = new RecordedMetrics();
    private final Metrics metrics = recorded.metrics(Clock.fixed(NOON.plusSeconds(300), ZoneOffset.UTC));
    private final EventBridgeBus bus = new EventBridgeBus(
            client,
            Beans.MAPPER,
            DefaultSettings.of(EventSettings.class, Map.of("sluice.bus", "sluice")),
            new EventMetrics(metrics),
            metrics,
            Clock.fixed(NOON.plusSeconds(300), ZoneOffset.UTC));

    @Test
    void tenSmallEventsGoIntoOneCall() {
        // Given
        List<CloudEvent> events = IntStream.range(0, 25)
                .mapToObj(number -> event("e" + number, data("a")))
                .toList();

        // When
        List<String> confirmed = bus.publish(events);

        // Then
        assertThat(client.calls).extracting(call -> call.entries().size()).containsExactly(10, 10, 5);
        assertThat(confirmed).hasSize(25);
    }

    @Test
    void noCallIsLargerThanTheBusTakes() {
        // Given
        List<CloudEvent> events = IntStream.range(0, 10)
                .mapToObj(number -> event("e" + number, data("x".repeat(100_000))))
                .toList();

        // When
        List<String> confirmed = bus.publish(events);

        // Then
        assertThat(client.calls).hasSize(5).allMatch(call -> bytes(call) <= LIMIT);
        assertThat(confirmed).hasSize(10);
    }

    @Test
    void anEventThatIsTooLargeIsShortened() {
        // Given
        ObjectNode data = data("\u00e4".repeat(LIMIT));
        ArrayNode list = data.putArray("objects");
        IntStream.range(0, 10_000).forEach(number -> list.add("object " + number));

        // When
        List<String> confirmed = bus.publish(List.of(event("large", data)));

        // Then
        assertThat(confirmed).containsExactly("large");
        assertThat(client.calls).singleElement().satisfies(call -> {
            assertThat(bytes(call)).isLessThanOrEqualTo(LIMIT);
            assertThat(call.entries().get(0).detail())
                    .contains("\"runId\":\"r1\"", "object 49")
                    .doesNotContain("object 50");
        });
    }

    @Test
    void anEventThatCannotFitIsDroppedAndCountsAsSent() {
        // Given
        ObjectNode data = data("a");
        IntStream.range(0, 30_000).forEach(number -> data.put("field " + number, number));

        // When
        List<String> confirmed = bus.publish(List.of(event("before", data("a")), event("huge", data)));

        // Then
        assertThat(confirmed).containsExactlyInAnyOrder("before", "huge");
        assertThat(client.calls).singleElement().satisfies(call -> assertThat(call.entries())
                .hasSize(1));
    }

    @Test
    void aRefusedEventIsNotConfirmed() {
        // Given
        client.refused = "e1";

        // When
        List<String> confirmed = bus.publish(List.of(event("e0", data("a")), event("e1", data("a"))));

        // Then
        assertThat(confirmed).containsExactly("e0");
        metrics.flush();
        assertThat(recorded.values(Metric.OUTBOX_AGE)).containsExactly(300L);
    }

    @Test
    void onlyAnEventThatTheBusHasTakenIsCounted() {
        // Given
        client.refused = "e1";
        ObjectNode failed = data("a").put("cluster", "main");
        failed.putObject("problem").put("code", "TASK_LOST");

        // When
        bus.publish(List.of(event("e0", failed), event("e1", failed)));

        // Then
        assertThat(recorded.lines(Metric.RUNS_FAILED)).singleElement().satisfies(line -> {
            assertThat(line.path("Cluster").asText()).isEqualTo("main");
            assertThat(line.path("Reason").asText()).isEqualTo("TASK_LOST");
            assertThat(line.path("RunId").asText()).isEqualTo("r1");
        });
    }

    @Test
    void anEventTakesTheTraceOfItsInvocationAlong() {
        // Given
        System.setProperty("com.amazonaws.xray.traceHeader", "Root=1-abc;Sampled=0");

        // When
        try {
            bus.publish(List.of(event("e0", data("a"))));
        } finally {
            System.clearProperty("com.amazonaws.xray.traceHeader");
        }

        // Then
        assertThat(client.calls.get(0).entries().get(0).traceHeader()).isEqualTo("Root=1-abc;Sampled=0");
    }

    @Test
    void anEventTakesTheTraceOfItsMessageAlong() {
        // Given
        System.setProperty("com.amazonaws.xray.traceHeader", "Root=1-abc;Sampled=0");
        Trace.begin("Root=1-def;Sampled=1");

        // When
        try {
            Trace.carried(() -> bus.publish(List.of(event("e0", data("a"))))).run();
        } finally {
            Trace.end();
            System.clearProperty("com.amazonaws.xray.traceHeader");
        }

        // Then
        assertThat(client.calls.get(0).entries().get(0).traceHeader()).isEqualTo("Root=1-def;Sampled=1");
    }

    private static ObjectNode data(String text) {
        return JsonNodeFactory.instance.objectNode().put("runId", "r1").put("text", text);
    }

    private static CloudEvent event(String id, ObjectNode data) {
        return CloudEvent.of(EventType.RUN_FAILED, id, "/sluice/test", "main/wiki", NOON, data);
    }

    private static int bytes(PutEventsRequest call) {
        return call.entries().stream()
                .mapToInt(entry -> 14
                        + entry.source().length()
                        + entry.detailType().length()
                        + entry.detail().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** Takes every event but one. */
    private static final class Client implements EventBridgeClient {

        private final List<PutEventsRequest> calls = new ArrayList<>();
        private String refused = "";

        @Override
        public PutEventsResponse putEvents(PutEventsRequest call) {
            calls.add(call);
            return PutEventsResponse.builder()
                    .entries(call.entries().stream()
                            .map(entry -> entry.detail().contains("\"id\":\"" + refused + "\"")
                                    ? PutEventsResultEntry.builder()
                                            .errorCode("InternalFailure")
                                            .build()
                                    : PutEventsResultEntry.builder()
                                            .eventId("1")
                                            .build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return "events";
        }

        @Override
        public void close() {}
    }
}
