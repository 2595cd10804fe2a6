package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** The queue delivers such a message again and moves it away in the end; its error says what is wrong with it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"Records": [null]}                                              | Records
                    {"Records": [{}]}                                                | eventName
                    {"Records": [{"eventName": "ObjectCreated:Put"}]}                | eventTime
                    {"Records": [{"eventName": "ObjectCreated:Put", "eventTime": 0}]}| s3.bucket.name
                    {"Records": [{"eventName": "ObjectCreated:Put", "eventTime": 0, "s3": {}}]} | s3.bucket.name
                    {"Records": [{"eventName": "ObjectCreated:Put", "eventTime": 0, "s3": {"bucket": {}}}]} | s3.bucket.name
                    {"Records": [{"eventName": "ObjectCreated:Put", "eventTime": 0, "s3": {"bucket": {"name": ""}}}]} | s3.bucket.name
                    {"Records": [{"eventName": "ObjectCreated:Put", "eventTime": 0, "s3": {"bucket": {"name": "b"}}}]} | s3.object.key
                    {"Records": [{"eventName": "ObjectCreated:Put", "eventTime": 0, "s3": {"bucket": {"name": "b"}, "object": {}}}]} | s3.object.key
                    {"Records": [{"eventName": "ObjectCreated:Put", "eventTime": 0, "s3": {"bucket": {"name": "b"}, "object": {"key": "a"}}}]} | s3.object.eTag
                    {"Records": [{"eventName": "ObjectCreated:Put", "eventTime": 0, "s3": {"bucket": {"name": "b"}, "object": {"key": "a", "eTag": "e", "size": -1}}}]} | s3.object.size
                    {"Records": [{"eventName": "ObjectCreated:Put", "eventTime": 0, "s3": {"bucket": {"name": "b"}, "object": {"key": "%zz", "eTag": "e"}}}]} | %zz
                    """)
    void aNotificationWithoutAFieldFailsWithItsName(String text, String field) {
        // When
        ThrowingCallable reads = () -> IngestFixture.json(text, S3Notification.class)
                .onlyOf(any -> true)
                .arrivals();

        // Then
        assertThatThrownBy(reads).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(field);
    }
}
