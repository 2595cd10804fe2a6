package sluice.platform.objects;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the store says about one object.
 *
 * @param key the key as it is stored, not URL-encoded
 * @param etag the ETag, without quotes; the same bytes uploaded again have the same ETag
 * @param versionId the version in a bucket with versioning; null in other buckets, and in listings
 * @param size bytes
 * @param lastModified when it was written; S3 rounds down to seconds
 * @param storageClass S3's name for it, such as {@code STANDARD} or {@code GLACIER}
 */
public record StoredObject(
        String key, String etag, @Nullable String versionId, long size, Instant lastModified, String storageClass) {

    public static final String STANDARD = "STANDARD";

    public StoredObject {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(lastModified, "lastModified");
        Objects.requireNonNull(storageClass, "storageClass");
        if (size < 0) {
            throw new IllegalArgumentException("size of " + key + " is negative: " + size);
        }
    }
}
