package sluice.infra.s3;

import com.adobe.testing.s3mock.dto.ChecksumAlgorithm;
import com.adobe.testing.s3mock.dto.CopyObjectResult;
import com.adobe.testing.s3mock.dto.LegalHold;
import com.adobe.testing.s3mock.dto.Owner;
import com.adobe.testing.s3mock.dto.Retention;
import com.adobe.testing.s3mock.dto.StorageClass;
import com.adobe.testing.s3mock.dto.Tag;
import com.adobe.testing.s3mock.store.BucketMetadata;
import com.adobe.testing.s3mock.store.ObjectStore;
import com.adobe.testing.s3mock.store.S3ObjectMetadata;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What S3Mock knows of each object besides its content, in memory too.
 *
 * <p>Its own store reads a file for it. A page of a listing asks for all objects of the prefix, on whichever page they are.
 *
 * <p>Whatever changes an object is written to its file first and read from there. Changes exclude each other, so the last
 * one written is also the last one remembered.
 */
final class ObjectsInMemory extends ObjectStore {

    private final Map<UUID, S3ObjectMetadata> objects = new ConcurrentHashMap<>();

    ObjectsInMemory(boolean retainFilesOnExit, DateTimeFormatter dates, ObjectMapper mapper) {
        super(retainFilesOnExit, dates, mapper);
    }

    /** While an object is overwritten, its file has the answer, and reading the file waits for the end of that. */
    @Override
    public S3ObjectMetadata getS3ObjectMetadata(BucketMetadata bucket, UUID id) {
        S3ObjectMetadata remembered = objects.get(id);
        return remembered == null ? super.getS3ObjectMetadata(bucket, id) : remembered;
    }

    @Override
    public synchronized S3ObjectMetadata storeS3ObjectMetadata(
            BucketMetadata bucket,
            UUID id,
            String key,
            String contentType,
            Map<String, String> storeHeaders,
            Path path,
            Map<String, String> userMetadata,
            Map<String, String> encryptionHeaders,
            String etag,
            List<Tag> tags,
            ChecksumAlgorithm checksumAlgorithm,
            String checksum,
            Owner owner,
            StorageClass storageClass) {
        objects.remove(id);
        S3ObjectMetadata stored = super.storeS3ObjectMetadata(
                bucket,
                id,
                key,
                contentType,
                storeHeaders,
                path,
                userMetadata,
                encryptionHeaders,
                etag,
                tags,
                checksumAlgorithm,
                checksum,
                owner,
                storageClass);
        remember(bucket, id);
        return stored;
    }

    @Override
    public synchronized void storeObjectTags(BucketMetadata bucket, UUID id, List<Tag> tags) {
        super.storeObjectTags(bucket, id, tags);
        remember(bucket, id);
    }

    @Override
    public synchronized void storeLegalHold(BucketMetadata bucket, UUID id, LegalHold legalHold) {
        super.storeLegalHold(bucket, id, legalHold);
        remember(bucket, id);
    }

    @Override
    public synchronized void storeRetention(BucketMetadata bucket, UUID id, Retention retention) {
        super.storeRetention(bucket, id, retention);
        remember(bucket, id);
    }

    /** It stores the copy by {@link #storeS3ObjectMetadata}, while it holds the lock of the object that it copies. */
    @Override
    public synchronized CopyObjectResult copyS3Object(
            BucketMetadata sourceBucket,
            UUID sourceId,
            BucketMetadata destinationBucket,
            UUID destinationId,
            String destinationKey,
            Map<String, String> encryptionHeaders,
            Map<String, String> storeHeaders,
            Map<String, String> userMetadata,
            StorageClass storageClass) {
        return super.copyS3Object(
                sourceBucket,
                sourceId,
                destinationBucket,
                destinationId,
                destinationKey,
                encryptionHeaders,
                storeHeaders,
                userMetadata,
                storageClass);
    }

    @Override
    public synchronized CopyObjectResult pretendToCopyS3Object(
            BucketMetadata bucket,
            UUID id,
            Map<String, String> encryptionHeaders,
            Map<String, String> storeHeaders,
            Map<String, String> userMetadata,
            StorageClass storageClass) {
        CopyObjectResult result =
                super.pretendToCopyS3Object(bucket, id, encryptionHeaders, storeHeaders, userMetadata, storageClass);
        remember(bucket, id);
        return result;
    }

    @Override
    public synchronized boolean deleteObject(BucketMetadata bucket, UUID id) {
        objects.remove(id);
        return super.deleteObject(bucket, id);
    }

    private void remember(BucketMetadata bucket, UUID id) {
        S3ObjectMetadata written = super.getS3ObjectMetadata(bucket, id);
        if (written != null) {
            objects.put(id, written);
        }
    }
}
