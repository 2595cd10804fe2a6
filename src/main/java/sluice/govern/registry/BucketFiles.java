package sluice.govern.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import sluice.core.batch.S3Location;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.StoredObject;

/** Definitions under a prefix of a bucket. One call lists them; only changed ones are read. */
class BucketFiles implements DefinitionFiles {

    private static final Logger LOG = Logger.getLogger(BucketFiles.class);
    /** More than the reader of YAML takes; larger files lie there by mistake. */
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

    /** A file that is too large is an invalid definition without text: it does not keep the others from being read. */
    private DefinitionFile read(StoredObject object) {
        S3Location location = new S3Location(bucket, object.key());
        if (object.size() > MAX_BYTES) {
            LOG.errorf("Definition is larger than %d bytes and is not read: %s", MAX_BYTES, location);
            return new DefinitionFile(object.key(), object.etag(), "");
        }
        String text = new String(store.get(location, MAX_BYTES), StandardCharsets.UTF_8);
        return new DefinitionFile(object.key(), object.etag(), text);
    }
}
