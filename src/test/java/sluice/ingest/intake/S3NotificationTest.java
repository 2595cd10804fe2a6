package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;

class S3NotificationTest {

    @Test
    void keysAreDecoded() {
        // Given
        String text =
                """
                {"Records": [{"eventName": "ObjectCreated:Put", "eventTime": "2026-01-02T03:04:05.678Z",
                  "s3": {"bucket": {"name": "landing"},
                         "object": {"key": "web/a+b%2Bc.json", "size": 7, "eTag": "abc"}}}]}""";

        // When
        S3Notification notification = IngestFixture.json(text, S3Notification.class);

        // Then
        assertThat(notification.arrivals())
                .containsExactly(
                        new Arrival("landing", "web/a b+c.json", "abc", 7, Instant.parse("2026-01-02T03:04:05.678Z")));
        assertThat(notification.arrivals().get(0)).hasToString("s3://landing/web/a b+c.json");
    }

    @Test
    void onlyCreatedObjectsArrive() {
        // Given
        String text =
                """
                {"Records": [{"eventName": "ObjectRemoved:Delete", "eventTime": "2026-01-02T03:04:05Z",
                  "s3": {"bucket": {"name": "landing"}, "object": {"key": "web/a.json"}}}]}""";

        // When
        S3Notification notification = IngestFixture.json(text, S3Notification.class);

        // Then
        assertThat(notification.arrivals()).isEmpty();
    }

    @Test
    void theTestEventOfS3HasNoRecords() {
        // When
        S3Notification notification = IngestFixture.json("{}", S3Notification.class);

        // Then
        assertThat(notification.arrivals()).isEmpty();
    }
}
