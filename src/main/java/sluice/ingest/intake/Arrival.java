package sluice.ingest.intake;

import java.time.Instant;
import sluice.core.batch.ObjectVersion;

/**
 * An object that S3 says has come.
 *
 * @param key not encoded
 * @param etag S3's version of the content, without quotes
 * @param size bytes
 * @param at when it came, by S3's clock
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
