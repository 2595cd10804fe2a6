package sluice.ingest.follow;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import sluice.core.batch.InputObject;
import sluice.platform.log.Log;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.objects.StoredObject;

/**
 * Tags objects in S3 and keeps the tags of others. S3 replaces all tags of an object at once and unconditionally, so they are
 * read, merged and written back. In a bucket with versions, they are written to the version that was loaded.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">Object tags</a>
 */
@ApplicationScoped
class ObjectTags {

    static final String RUN = "sluice-run";
    static final String STATE = "sluice-state";

    private static final Log LOG = Log.of(ObjectTags.class);

    private final ObjectStore store;

    ObjectTags(ObjectStore store) {
        this.store = store;
    }

    /**
     * Sets tags on an object if it is still the one that was loaded. An object that is gone, was overwritten, or has no room for
     * more tags stays as it is.
     *
     * @param onlyIfTagged true to leave an object alone that has no such tags yet
     * @return whether the object that was loaded has the tags now
     * @throws ObjectStoreException if the store refuses
     */
    boolean set(InputObject object, Map<String, String> tags, boolean onlyIfTagged) {
        Optional<StoredObject> head = store.head(object.location());
        if (head.isEmpty() || !isLoaded(head.get(), object)) {
            return false;
        }
        String version = head.get().versionId();
        Map<String, String> present = store.tags(object.location(), version);
        Map<String, String> merged = new TreeMap<>(present);
        merged.putAll(tags);
        if (merged.equals(present)) {
            return true;
        }
        if (onlyIfTagged && !present.containsKey(STATE)) {
            return false;
        }
        if (merged.size() > ObjectStore.MAX_TAGS) {
            LOG.warn(
                    "Object has no room for more tags",
                    "object",
                    object.location(),
                    "present",
                    present.size(),
                    "tags",
                    tags.keySet());
            return false;
        }
        store.replaceTags(object.location(), version, merged);
        return version != null || !clearedAsOverwritten(object);
    }

    /** Without versions, an object may be overwritten just before its tags are written. Then the new object got them: remove them. */
    private boolean clearedAsOverwritten(InputObject object) {
        Optional<StoredObject> head = store.head(object.location());
        boolean isOther = head.isPresent() && !isLoaded(head.get(), object);
        if (isOther) {
            Map<String, String> tags = new TreeMap<>(store.tags(object.location(), null));
            tags.keySet().removeAll(Set.of(RUN, STATE));
            store.replaceTags(object.location(), null, tags);
        }
        return isOther;
    }

    private static boolean isLoaded(StoredObject head, InputObject object) {
        return head.etag().equals(object.etag());
    }
}
