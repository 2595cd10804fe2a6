package sluice.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeReaderTest {

    /** As Quarkus makes the one for events. */
    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ObjectMapper reader = new TreeReader(mapper);

    @Test
    void aTreeIsReadAsItWouldBeAfterItWasWritten() throws JsonProcessingException {
        // Given
        JsonNode event = mapper.readTree(
                """
                {"Records": [
                  {"messageId": "1", "body": "{}", "attributes": {"ApproximateReceiveCount": "1"}, "unknown": 1,
                    "messageAttributes": {"a": {"stringValue": "b", "dataType": "String"}}, "eventSource": "aws:sqs"},
                  {"messageId": "2", "body": null}]}""");

        // When
        SQSEvent read = reader.convertValue(event, SQSEvent.class);

        // Then
        assertThat(read).isEqualTo(mapper.convertValue(event, SQSEvent.class));
        assertThat(read.getRecords())
                .extracting(SQSEvent.SQSMessage::getMessageId)
                .containsExactly("1", "2");
    }

    @Test
    void whatDoesNotFitIsRefusedAsByTheOriginal() throws JsonProcessingException {
        // Given
        JsonNode event = mapper.readTree("{\"Records\": [{\"attributes\": 1}]}");
        Throwable original = catchThrowable(() -> mapper.convertValue(event, SQSEvent.class));

        // Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.convertValue(event, SQSEvent.class))
                .withMessageStartingWith(
                        original.getMessage().lines().findFirst().orElseThrow());
    }

    @Test
    void whatIsNoTreeIsConvertedAsEver() {
        assertThat(reader.convertValue(Map.of("a", 1), JsonNode.class))
                .isEqualTo(mapper.createObjectNode().put("a", 1));
        assertThat(reader.copy()).isInstanceOf(TreeReader.class);
    }
}
