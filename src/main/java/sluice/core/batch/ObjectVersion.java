package sluice.core.batch;

import java.util.Objects;

/**
 * One version of the content under an object's key.
 *
 * @param bucket the bucket's name
 * @param key the key as S3 stores it, not URL-encoded
 * @param etag the version: S3's version id or ETag, without quotes
 */
public record ObjectVersion(String bucket, String key, String etag) {

    public ObjectVersion {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(etag, "etag");
    }

    public S3Location location() {
        return new S3Location(bucket, key);
    }
}
