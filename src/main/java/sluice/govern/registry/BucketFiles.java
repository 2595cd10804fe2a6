package sluice.govern.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sluice.core.batch.S3Location;
import sluice.platform.log.Log;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.StoredObject;

/** Reads definitions below a prefix of a bucket. One call lists them; only changed ones are read. */
class BucketFiles implements DefinitionFiles {

    private static final Log LOG = Log.of(BucketFiles.class);
    /** More than the YAML reader accepts. A larger file is a mistake. */
    private static final int MAX_BYTES = 8 << 20;

    private final ObjectStore store;
    private final String bucket;
    private final String prefix;

    BucketFiles(ObjectStore store, String bucket, String prefix) {
        this.store = store;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public List<DefinitionFile> read(Map<String, DefinitionFile> known) {
        List<DefinitionFile> files = new ArrayList<>();
        store.each(bucket, prefix, object -> {
            if (DefinitionFile.isDefinition(object.key())) {
                DefinitionFile before = known.get(object.key());
                files.add(before != null && before.version().equals(object.etag()) ? before : read(object));
            }
        });
        return files;
    }

    @Override
    public boolean holds(String bucketOfObject, String key) {
        return bucketOfObject.equals(bucket) && key.startsWith(prefix) && DefinitionFile.isDefinition(key);
    }

    /** Reads a file. One that is too large becomes an invalid definition without text and does not block the others. */
    private DefinitionFile read(StoredObject object) {
        S3Location location = new S3Location(bucket, object.key());
        if (object.size() > MAX_BYTES) {
            LOG.error(
                    "Definition is too large to be read",
                    "location",
                    location,
                    "size",
                    object.size(),
                    "limit",
                    MAX_BYTES);
            return new DefinitionFile(object.key(), object.etag(), "");
        }
        String text = new String(store.get(location, MAX_BYTES), StandardCharsets.UTF_8);
        return new DefinitionFile(object.key(), object.etag(), text);
    }
}
