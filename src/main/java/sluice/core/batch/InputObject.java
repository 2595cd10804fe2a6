package sluice.core.batch;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * One version of one object. Ordered by location, then version.
 *
 * @param bucket the bucket's name
 * @param key the key as S3 stores it, not URL-encoded
 * @param etag the version: S3's version id or ETag, without quotes
 * @param size bytes
 * @param lastModified when this version was written
 */
public record InputObject(String bucket, String key, String etag, long size, Instant lastModified)
        implements Comparable<InputObject> {

    private static final Comparator<InputObject> ORDER =
            Comparator.comparing(InputObject::location).thenComparing(InputObject::etag);

    public InputObject {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(lastModified, "lastModified");
        if (size < 0) {
            throw new IllegalArgumentException("size of s3://" + bucket + "/" + key + " is negative: " + size);
        }
    }

    /** What it is, without what S3 tells about it. */
    public ObjectVersion version() {
        return new ObjectVersion(bucket, key, etag);
    }

    public S3Location location() {
        return new S3Location(bucket, key);
    }

    @Override
    public int compareTo(InputObject other) {
        return ORDER.compare(this, other);
    }
}
