package sluice.infra.s3;

import com.adobe.testing.s3mock.dto.ListBucketResultV2;
import com.adobe.testing.s3mock.dto.S3Object;
import com.adobe.testing.s3mock.service.BucketService;
import com.adobe.testing.s3mock.store.BucketMetadata;
import com.adobe.testing.s3mock.store.ObjectStore;
import com.adobe.testing.s3mock.store.S3ObjectMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Listings whose pages cost what is on them.
 *
 * <p>S3Mock's own look at all objects of the prefix for each page. They forget a continuation token once it was used: whoever
 * repeats a request that got no answer begins at the first page again. Here a token is the key that it follows, as lasting as S3's.
 */
final class Listing extends BucketService {

    private final BucketsInMemory buckets;
    private final ObjectStore objects;

    Listing(BucketsInMemory buckets, ObjectStore objects) {
        super(buckets, objects);
        this.buckets = buckets;
        this.objects = objects;
    }

    /** Common prefixes, which only a delimiter makes, are left to S3Mock. */
    @Override
    public ListBucketResultV2 listObjectsV2(
            String bucketName,
            String prefix,
            String delimiter,
            String encodingType,
            String startAfter,
            Integer maxKeys,
            String continuationToken) {
        if (delimiter != null && !delimiter.isEmpty()) {
            return super.listObjectsV2(
                    bucketName, prefix, delimiter, encodingType, startAfter, maxKeys, continuationToken);
        }
        boolean isEncoded = "url".equals(encodingType);
        String after = continuationToken == null ? startAfter : key(continuationToken);
        BucketMetadata bucket = buckets.getBucketMetadata(bucketName);
        Iterator<Map.Entry<String, UUID>> keys = buckets.keys(bucketName, prefix, after);
        List<S3Object> page = new ArrayList<>();
        String last = null;
        while (keys.hasNext() && page.size() < maxKeys) {
            Map.Entry<String, UUID> key = keys.next();
            S3ObjectMetadata object = objects.getS3ObjectMetadata(bucket, key.getValue());
            if (object != null) {
                page.add(isEncoded ? encoded(S3Object.from(object)) : S3Object.from(object));
                last = key.getKey();
            }
        }
        boolean isTruncated = keys.hasNext() && last != null;
        return new ListBucketResultV2(
                bucketName,
                isEncoded ? SdkHttpUtils.urlEncodeIgnoreSlashes(prefix) : prefix,
                maxKeys,
                isTruncated,
                page,
                List.of(),
                continuationToken,
                String.valueOf(page.size()),
                isTruncated ? token(last) : null,
                isEncoded ? SdkHttpUtils.urlEncodeIgnoreSlashes(startAfter) : startAfter,
                encodingType);
    }

    private static S3Object encoded(S3Object object) {
        return new S3Object(
                SdkHttpUtils.urlEncodeIgnoreSlashes(object.key()),
                object.lastModified(),
                object.etag(),
                object.size(),
                object.storageClass(),
                object.owner(),
                object.checksumAlgorithm());
    }

    private static String token(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String token) {
        return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    }
}
