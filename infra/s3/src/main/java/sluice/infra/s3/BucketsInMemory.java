package sluice.infra.s3;

import com.adobe.testing.s3mock.dto.BucketLifecycleConfiguration;
import com.adobe.testing.s3mock.dto.ObjectLockConfiguration;
import com.adobe.testing.s3mock.store.BucketMetadata;
import com.adobe.testing.s3mock.store.BucketStore;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

/**
 * The buckets and their keys, in memory.
 *
 * <p>S3Mock's own store keeps all keys of a bucket in one file, reads it with every request, and writes it with every
 * new object: each object takes longer than the one before. The contents of objects stay on disk.
 */
final class BucketsInMemory extends BucketStore {

    private final Map<String, BucketMetadata> buckets = new ConcurrentHashMap<>();

    BucketsInMemory(File rootFolder, boolean retainFilesOnExit, DateTimeFormatter dates, ObjectMapper mapper) {
        super(rootFolder, retainFilesOnExit, dates, mapper);
    }

    @Override
    public BucketMetadata getBucketMetadata(String bucketName) {
        return buckets.get(bucketName);
    }

    @Override
    public synchronized BucketMetadata createBucket(
            String bucketName, boolean objectLockEnabled, ObjectOwnership objectOwnership) {
        BucketMetadata created = super.createBucket(bucketName, objectLockEnabled, objectOwnership);
        return keep(created, created.objectLockConfiguration(), null, new ConcurrentSkipListMap<>());
    }

    @Override
    public synchronized boolean deleteBucket(String bucketName) {
        boolean deleted = super.deleteBucket(bucketName);
        if (deleted) {
            buckets.remove(bucketName);
        }
        return deleted;
    }

    @Override
    public synchronized UUID addKeyToBucket(String key, String bucketName) {
        return buckets.get(bucketName).addKey(key);
    }

    @Override
    public synchronized boolean removeFromBucket(String key, String bucketName) {
        return buckets.get(bucketName).removeKey(key);
    }

    /** Sorted by key. */
    @Override
    public List<UUID> lookupKeysInBucket(String prefix, String bucketName) {
        return entries(bucketName, prefix, null).map(Map.Entry::getValue).toList();
    }

    /**
     * Returns the keys with a prefix, sorted.
     *
     * @param prefix null for all keys
     * @param after the key that they follow; null for all
     */
    Iterator<Map.Entry<String, UUID>> keys(String bucketName, String prefix, String after) {
        return entries(bucketName, prefix, after).iterator();
    }

    private Stream<Map.Entry<String, UUID>> entries(String bucketName, String prefix, String after) {
        String start = prefix == null ? "" : prefix;
        var keys =
                (ConcurrentNavigableMap<String, UUID>) buckets.get(bucketName).objects();
        boolean isWithin = after != null && after.compareTo(start) >= 0;
        return (isWithin ? keys.tailMap(after, false) : keys.tailMap(start))
                .entrySet().stream().takeWhile(entry -> entry.getKey().startsWith(start));
    }

    @Override
    public synchronized void storeObjectLockConfiguration(BucketMetadata bucket, ObjectLockConfiguration lock) {
        keep(bucket, lock, bucket.bucketLifecycleConfiguration(), bucket.objects());
    }

    @Override
    public synchronized void storeBucketLifecycleConfiguration(
            BucketMetadata bucket, BucketLifecycleConfiguration lifecycle) {
        keep(bucket, bucket.objectLockConfiguration(), lifecycle, bucket.objects());
    }

    private BucketMetadata keep(
            BucketMetadata bucket,
            ObjectLockConfiguration lock,
            BucketLifecycleConfiguration lifecycle,
            Map<String, UUID> keys) {
        BucketMetadata kept = new BucketMetadata(
                bucket.name(), bucket.creationDate(), lock, lifecycle, bucket.objectOwnership(), bucket.path(), keys);
        buckets.put(kept.name(), kept);
        return kept;
    }
}
