package sluice.ingest.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * An S3 event notification, reduced to the fields that Sluice uses. Its keys are URL-encoded.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 */
@RegisterForReflection
public record S3Notification(@JsonProperty("Records") List<Entry> records) {

    /** S3's test event has no records. */
    public S3Notification {
        records = records == null ? List.of() : List.copyOf(records);
    }

    /** Returns the created objects. */
    List<Arrival> arrivals() {
        return records.stream()
                .filter(entry -> entry.eventName().startsWith("ObjectCreated"))
                .map(entry -> new Arrival(
                        entry.s3().bucket().name(),
                        URLDecoder.decode(entry.s3().object().key(), StandardCharsets.UTF_8),
                        entry.s3().object().etag(),
                        entry.s3().object().size(),
                        entry.eventTime()))
                .toList();
    }

    /** One event. */
    @RegisterForReflection
    record Entry(String eventName, Instant eventTime, S3 s3) {}

    /** Where it happened. */
    @RegisterForReflection
    record S3(Bucket bucket, Stored object) {}

    /** The bucket. */
    @RegisterForReflection
    record Bucket(String name) {}

    /** The object. */
    @RegisterForReflection
    record Stored(String key, long size, @JsonProperty("eTag") String etag) {}
}
