package sluice.sandbox.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** The AWS SDK is the judge: what it sends is taken, what it reads is right. */
class EventBusTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EventBus bus = new EventBus(0, threads);
    private final EventBridgeClient client = EventBridgeClient.builder()
            .endpointOverride(bus.uri())
            .region(Region.of(Aws.REGION))
            .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(Aws.ACCESS_KEY, Aws.SECRET_KEY)))
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    @AfterEach
    void close() {
        client.close();
        bus.close();
        threads.shutdownNow();
    }

    @Test
    void anEventIsTakenAndKept() {
        // When
        PutEventsResponse response = put("{\"id\":\"1\"}");

        // Then
        assertThat(response.failedEntryCount()).isZero();
        assertThat(response.entries().get(0).eventId()).isNotBlank();
        assertThat(bus.events("sluice.test")).singleElement().satisfies(event -> {
            assertThat(event.bus()).isEqualTo("sluice-sandbox");
            assertThat(event.source()).isEqualTo("/sluice/test");
            assertThat(event.detail()).isEqualTo(Json.read("{\"id\":\"1\"}"));
        });
    }

    @Test
    void anEntryThatIsNoJsonObjectFailsAlone() {
        // When
        PutEventsResponse response = put("no json");

        // Then
        assertThat(response.failedEntryCount()).isEqualTo(1);
        assertThat(response.entries().get(0).errorCode()).isEqualTo("MalformedDetail");
        assertThat(bus.events()).isEmpty();
    }

    @Test
    void aThrottlingBusRefusesTheEntryUnderStatus200() {
        // Given
        bus.mode(EventBus.Mode.THROTTLING);

        // When
        PutEventsResponse response = put("{}");

        // Then
        assertThat(response.failedEntryCount()).isEqualTo(1);
        assertThat(response.entries().get(0).errorCode()).isEqualTo("ThrottlingException");
    }

    @Test
    void aBusThatIsDownFailsTheCall() {
        // Given
        bus.mode(EventBus.Mode.DOWN);

        // Then
        assertThatThrownBy(() -> put("{}")).isInstanceOf(EventBridgeException.class);
        assertThat(bus.events()).isEmpty();
    }

    private PutEventsResponse put(String detail) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName("sluice-sandbox")
                .source("/sluice/test")
                .detailType("sluice.test")
                .detail(detail)
                .build();
        return client.putEvents(request -> request.entries(entry));
    }
}
