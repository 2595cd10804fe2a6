package sluice.govern.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.S3Location;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.objects.StoredObject;

/** Reads definitions below a prefix of a bucket. One call lists them; only changed ones are read. */
class BucketFiles implements DefinitionFiles {

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
                Optional.ofNullable(before)
                        .filter(file -> file.isStill(object.etag()))
                        .or(() -> read(object))
                        .ifPresent(files::add);
            }
        });
        return files;
    }

    @Override
    public boolean holds(String bucketOfObject, String key) {
        return bucketOfObject.equals(bucket) && key.startsWith(prefix) && DefinitionFile.isDefinition(key);
    }

    /** A file that cannot be read does not block the others, unless S3 cannot be reached at all. */
    private Optional<DefinitionFile> read(StoredObject object) {
        if (object.size() > DefinitionFile.MAX_BYTES) {
            return Optional.of(DefinitionFile.tooLarge(object.key(), object.etag(), object.size()));
        }
        try {
            byte[] bytes = store.get(new S3Location(bucket, object.key()), DefinitionFile.MAX_BYTES);
            return Optional.of(DefinitionFile.of(object.key(), object.etag(), bytes));
        } catch (ObjectStoreException exception) {
            return switch (exception.code()) {
                case UNAVAILABLE -> throw exception;
                case NOT_FOUND -> Optional.empty(); // deleted since it was listed
                case TOO_LARGE -> Optional.of(DefinitionFile.tooLarge(object.key(), object.etag(), object.size()));
                case FORBIDDEN, UNSUPPORTED, REJECTED ->
                    Optional.of(DefinitionFile.withheld(
                            object.key(), object.etag(), "S3 does not give it out: " + exception.getMessage()));
            };
        }
    }
}
