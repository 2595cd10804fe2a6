package sluice.sandbox.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqsEventTest {

    private static final Instant SENT = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Delivery> BATCH = List.of(delivery("m1"), delivery("m2"));

    @Test
    void theEventHasTheShapeThatLambdaGives() {
        // When
        JsonNode event = Json.read(new String(SqsEvent.write(BATCH), StandardCharsets.UTF_8));

        // Then
        JsonNode expected = Json.read(
                """
                {"messageId":"m1","receiptHandle":"r-m1","body":"{}","messageAttributes":{},
                 "attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1767225600000",
                   "SenderId":"000000000000","ApproximateFirstReceiveTimestamp":"1767225600000"},
                 "md5OfBody":"99914b932bd37a50b983c5e7c90ae93b","eventSource":"aws:sqs",
                 "eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:q","awsRegion":"us-east-1"}""");
        assertThat(event.at("/Records/0")).isEqualTo(expected);
        assertThat(event.path("Records")).hasSize(2);
    }

    @Test
    void theTraceOfTheSenderIsAnAttribute() {
        // When
        byte[] event = SqsEvent.write(List.of(delivery("m1", Optional.of("Root=1-abc;Sampled=0")), delivery("m2")));

        // Then
        JsonNode records = Json.read(new String(event, StandardCharsets.UTF_8)).path("Records");
        assertThat(records.at("/0/attributes/AWSTraceHeader").asText()).isEqualTo("Root=1-abc;Sampled=0");
        assertThat(records.at("/1/attributes").has("AWSTraceHeader")).isFalse();
    }

    @Test
    void onlyReportedMessagesFailed() {
        assertThat(SqsEvent.failed(BATCH, answer("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}")))
                .containsExactly("m2");
        assertThat(SqsEvent.failed(BATCH, answer("{\"batchItemFailures\":[]}"))).isEmpty();
        assertThat(SqsEvent.failed(BATCH, answer("null"))).isEmpty();
        assertThat(SqsEvent.failed(BATCH, answer(""))).isEmpty();
    }

    @Test
    void everythingFailedIfTheFunctionFailedOrNamedAnUnknownMessage() {
        assertThat(SqsEvent.failed(BATCH, Outcome.Failure.of("Runtime.ExitError", "gone")))
                .containsExactly("m1", "m2");
        assertThat(SqsEvent.failed(BATCH, answer("{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}")))
                .containsExactly("m1", "m2");
    }

    private static Outcome answer(String json) {
        return new Outcome.Answer(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Delivery delivery(String messageId) {
        return delivery(messageId, Optional.empty());
    }

    private static Delivery delivery(String messageId, Optional<String> trace) {
        return new Delivery(
                messageId, "r-" + messageId, "{}", 1, SENT, SENT, "arn:aws:sqs:us-east-1:000000000000:q", trace);
    }
}
