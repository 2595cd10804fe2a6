package sluice.sandbox.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import sluice.sandbox.lambda.Aws;
import sluice.sandbox.lambda.Json;

/**
 * An object that has been written.
 *
 * @param eventName such as ObjectCreated:Put
 * @param key       as the user wrote it, not encoded
 * @param eTag      without quotes
 */
record ObjectCreated(String eventName, String bucket, String key, long sizeBytes, String eTag) {

    private static final AtomicLong SEQUENCE = new AtomicLong(System.currentTimeMillis() << 20);

    /**
     * The notification as S3 puts it on a queue.
     *
     * <p>See <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
     * message structure</a>. The key is URL-encoded as a form field: a blank is a plus sign.
     */
    String notification() {
        Map<String, Object> object = Map.of(
                "key",
                URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"),
                "size",
                sizeBytes,
                "eTag",
                eTag,
                "sequencer",
                "%018X".formatted(SEQUENCE.incrementAndGet()));
        Map<String, Object> bucketOfEvent = Map.of(
                "name", bucket, "ownerIdentity", Map.of("principalId", "SANDBOX"), "arn", "arn:aws:s3:::" + bucket);
        Map<String, Object> notification = Map.of(
                "eventVersion", "2.1",
                "eventSource", "aws:s3",
                "awsRegion", Aws.REGION,
                "eventTime", Instant.now().toString(),
                "eventName", eventName,
                "userIdentity", Map.of("principalId", "AWS:SANDBOX"),
                "requestParameters", Map.of("sourceIPAddress", "127.0.0.1"),
                "responseElements", Map.of("x-amz-request-id", "SANDBOX", "x-amz-id-2", "SANDBOX"),
                "s3",
                        Map.of(
                                "s3SchemaVersion",
                                "1.0",
                                "configurationId",
                                "landing",
                                "bucket",
                                bucketOfEvent,
                                "object",
                                object));
        return Json.write(Map.of("Records", List.of(notification)));
    }

    /** What S3 sends once when a notification is configured. */
    static String testEvent(String bucket) {
        return Json.write(Map.of(
                "Service", "Amazon S3",
                "Event", "s3:TestEvent",
                "Time", Instant.now().toString(),
                "Bucket", bucket,
                "RequestId", "SANDBOX",
                "HostId", "SANDBOX"));
    }
}
