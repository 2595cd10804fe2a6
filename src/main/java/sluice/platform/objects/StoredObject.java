package sluice.platform.objects;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
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
 * @param isRestored true if the store says that a copy of an archived object can be read; only listings do
 */
public record StoredObject(
        String key,
        String etag,
        @Nullable String versionId,
        long size,
        Instant lastModified,
        String storageClass,
        boolean isRestored) {

    public static final String STANDARD = "STANDARD";

    /** Classes whose objects cannot be read before somebody has restored them. */
    private static final Set<String> ARCHIVE_CLASSES = Set.of("GLACIER", "DEEP_ARCHIVE");

    /** An object of which no restored copy is known. */
    public StoredObject(
            String key, String etag, @Nullable String versionId, long size, Instant lastModified, String storageClass) {
        this(key, etag, versionId, size, lastModified, storageClass, false);
    }

    public StoredObject {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(lastModified, "lastModified");
        Objects.requireNonNull(storageClass, "storageClass");
        if (size < 0) {
            throw new IllegalArgumentException("size of " + key + " is negative: " + size);
        }
    }

    /** Returns true if the object cannot be read until it is restored. */
    public boolean isArchived() {
        return ARCHIVE_CLASSES.contains(storageClass) && !isRestored;
    }
}
