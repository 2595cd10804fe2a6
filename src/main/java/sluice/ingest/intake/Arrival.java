package sluice.ingest.intake;

import java.time.Instant;
import sluice.core.batch.ObjectVersion;

/**
 * An object of an S3 notification.
 *
 * @param key decoded
 * @param etag S3's version of the content, without quotes
 * @param size bytes
 * @param at when S3 stored it
 */
record Arrival(String bucket, String key, String etag, long size, Instant at) {

    ObjectVersion version() {
        return new ObjectVersion(bucket, key, etag);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
