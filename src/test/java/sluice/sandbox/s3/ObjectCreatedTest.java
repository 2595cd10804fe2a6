package sluice.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import sluice.sandbox.lambda.Json;

class ObjectCreatedTest {

    @Test
    void theKeyIsEncodedAsAFormField() {
        // When
        JsonNode record = Json.read(
                        new ObjectCreated("ObjectCreated:Put", "bucket", "a b/dt=2026+ü.json", 3, "e1").notification())
                .at("/Records/0");

        // Then
        assertThat(record.at("/s3/object/key").asText()).isEqualTo("a+b/dt%3D2026%2B%C3%BC.json");
        assertThat(record.at("/s3/object/size").asLong()).isEqualTo(3);
        assertThat(record.at("/s3/object/eTag").asText()).isEqualTo("e1");
        assertThat(record.at("/s3/bucket/name").asText()).isEqualTo("bucket");
        assertThat(record.at("/eventName").asText()).isEqualTo("ObjectCreated:Put");
        assertThat(record.at("/eventVersion").asText()).isEqualTo("2.1");
    }

    @Test
    void sequencersGrow() {
        // Given
        ObjectCreated created = new ObjectCreated("ObjectCreated:Put", "bucket", "key", 3, "e1");

        // Then
        assertThat(sequencer(created)).isLessThan(sequencer(created));
    }

    private static String sequencer(ObjectCreated created) {
        return Json.read(created.notification())
                .at("/Records/0/s3/object/sequencer")
                .asText();
    }
}
