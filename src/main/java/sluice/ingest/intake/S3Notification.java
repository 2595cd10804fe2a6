package sluice.ingest.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
        if (records != null && records.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("Records of a notification must be objects, not null");
        }
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
    record Entry(@Nullable String eventSource, String eventName, @Nullable Instant eventTime, @Nullable S3 s3) {

        Entry {
            present("eventName", eventName);
        }

        private boolean isCreation() {
            return eventName.startsWith("ObjectCreated");
        }

        private boolean isOfS3() {
            return eventSource == null || eventSource.endsWith(":s3");
        }

        /** @throws IllegalArgumentException if a field is missing that S3 sends with every created object */
        private Arrival arrival() {
            Bucket bucket = s3 == null ? null : s3.bucket();
            Stored object = s3 == null ? null : s3.object();
            if (eventTime == null) {
                throw new IllegalArgumentException("eventTime of a notification is missing");
            }
            String name = present("s3.bucket.name", bucket == null ? null : bucket.name());
            String key = present("s3.object.key", object == null ? null : object.key());
            String etag = present("s3.object.eTag", object == null ? null : object.etag());
            long size = object == null ? 0 : object.size();
            if (size < 0) {
                throw new IllegalArgumentException("s3.object.size of a notification is negative: " + size);
            }
            return new Arrival(name, decoded(key), etag, size, eventTime);
        }

        private static String decoded(String key) {
            try {
                return URLDecoder.decode(key, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException(
                        "s3.object.key of a notification is not URL-encoded: " + key, malformed);
            }
        }

        private static String present(String field, @Nullable String value) {
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException(field + " of a notification is missing");
            }
            return value;
        }
    }

    /** Where it happened. */
    @RegisterForReflection
    record S3(@Nullable Bucket bucket, @Nullable Stored object) {}

    /** The bucket. */
    @RegisterForReflection
    record Bucket(@Nullable String name) {}

    /** The object. */
    @RegisterForReflection
    record Stored(@Nullable String key, long size, @JsonProperty("eTag") @Nullable String etag) {}
}
