package sluice.ingest.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
        return records.stream().filter(Entry::isCreation).map(Entry::arrival).toList();
    }

    /** Returns the entries that S3, or a server that speaks its API, made about such objects. */
    S3Notification onlyOf(Predicate<Arrival> wanted) {
        return new S3Notification(records.stream()
                .filter(entry -> entry.isOfS3() && (!entry.isCreation() || wanted.test(entry.arrival())))
                .toList());
    }

    /**
     * One event.
     *
     * @param eventSource {@code aws:s3}, or {@code minio:s3} from MinIO; null if a server leaves it out
     */
    @RegisterForReflection
    record Entry(@Nullable String eventSource, String eventName, Instant eventTime, S3 s3) {

        private boolean isCreation() {
            return eventName.startsWith("ObjectCreated");
        }

        private boolean isOfS3() {
            return eventSource == null || eventSource.endsWith(":s3");
        }

        private Arrival arrival() {
            return new Arrival(
                    s3.bucket().name(),
                    URLDecoder.decode(s3.object().key(), StandardCharsets.UTF_8),
                    s3.object().etag(),
                    s3.object().size(),
                    eventTime);
        }
    }

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
