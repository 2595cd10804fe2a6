package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class StreamStatusTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static SortedMap<String, Long> gone(String... messages) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode errors = answer.putObject("payload").put("stream", "edits").putArray("recentErrors");
        for (String message : messages) {
            errors.addObject()
                    .put("timestamp", "2026-01-01T00:00:00.000Z")
                    .put("exceptionClass", "org.apache.druid.java.util.common.ISE")
                    .put("message", message)
                    .put("streamException", true);
        }
        return StreamStatus.of(answer).gone();
    }

    private static String error(long offset, String partition, String end) {
        return "org.apache.druid.java.util.common.ISE: Previous sequenceNumber [" + offset
                + "] is no longer available for partition [" + partition + "]" + end;
    }

    @Test
    void partitionsWhoseOffsetIsForgottenAreThoseThatDruidNames() {
        // When
        SortedMap<String, Long> gone = gone(
                "no broker",
                error(
                        120,
                        "KafkaTopicPartition{partition=0, topic='null', multiTopicPartition=false}",
                        " - automatically resetting sequence"),
                error(
                        7,
                        "KafkaTopicPartition{partition=3, topic='edits-[b]', multiTopicPartition=true}",
                        " - automatically resetting sequence"),
                error(
                        400,
                        "KafkaTopicPartition{partition=0, topic='null', multiTopicPartition=false}",
                        " - automatically resetting sequence"));

        // Then: the newest error of a partition is the last
        assertThat(gone).isEqualTo(Map.of("0", 400L, "edits-[b]:3", 7L));
    }

    @Test
    void withoutAutomaticResetNothingIsPassedOver() {
        // When
        SortedMap<String, Long> gone = gone(error(
                120,
                "KafkaTopicPartition{partition=0, topic='null', multiTopicPartition=false}",
                ". You can clear the previous sequenceNumber and start reading from a valid message by using the"
                        + " supervisor's reset API."));

        // Then
        assertThat(gone).isEmpty();
    }

    @Test
    void numbersThatAreTooLargeAreLeftOut() {
        // When
        SortedMap<String, Long> gone =
                gone("Previous sequenceNumber [49590338271490256608559692538361571095921575989136588898]"
                        + " is no longer available for partition [shardId-0] - automatically resetting sequence");

        // Then
        assertThat(gone).isEmpty();
    }
}
