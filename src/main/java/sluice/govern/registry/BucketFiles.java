package sluice.govern.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Definitions under a prefix of a bucket. One call lists them; only changed ones are read. */
class BucketFiles implements DefinitionFiles {

    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    BucketFiles(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public List<DefinitionFile> read(Map<String, DefinitionFile> known) {
        List<DefinitionFile> files = new ArrayList<>();
        for (S3Object object : s3.listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(prefix))
                .contents()) {
            if (DefinitionFile.isDefinition(object.key())) {
                DefinitionFile before = known.get(object.key());
                files.add(before != null && before.version().equals(object.eTag()) ? before : read(object));
            }
        }
        return files;
    }

    @Override
    public boolean holds(String bucketOfObject, String key) {
        return bucketOfObject.equals(bucket) && key.startsWith(prefix) && DefinitionFile.isDefinition(key);
    }

    private DefinitionFile read(S3Object object) {
        String text = s3.getObjectAsBytes(request -> request.bucket(bucket).key(object.key()))
                .asUtf8String();
        return new DefinitionFile(object.key(), object.eTag(), text);
    }
}
