package sluice.ingest.follow;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import sluice.core.batch.InputObject;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.objects.StoredObject;

/**
 * Tags of objects in S3, beside those of others. S3 replaces all tags of an object at once and knows no condition, so they
 * are read, merged and written back, on the very version that was loaded where the bucket has versions.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">Object tags</a>
 */
@ApplicationScoped
class ObjectTags {

    static final String RUN = "sluice-run";
    static final String STATE = "sluice-state";

    private static final Logger LOG = Logger.getLogger(ObjectTags.class);

    private final ObjectStore store;

    ObjectTags(ObjectStore store) {
        this.store = store;
    }

    /**
     * Sets tags on an object if it is still the one that was loaded. An object that is gone, was overwritten, or has no
     * room for more tags is left as it is.
     *
     * @param onlyIfTagged whether an object without such tags is left as it is
     * @throws ObjectStoreException when the store refuses
     */
    void set(InputObject object, Map<String, String> tags, boolean onlyIfTagged) {
        Optional<StoredObject> head = store.head(object.location());
        if (head.isEmpty() || !isLoaded(head.get(), object)) {
            return;
        }
        String version = head.get().versionId();
        Map<String, String> present = store.tags(object.location(), version);
        Map<String, String> merged = new TreeMap<>(present);
        merged.putAll(tags);
        if (merged.equals(present) || (onlyIfTagged && !present.containsKey(STATE))) {
            return;
        }
        if (merged.size() > ObjectStore.MAX_TAGS) {
            LOG.warnf("%s has %d tags already and no room for %s", object.location(), present.size(), tags.keySet());
            return;
        }
        store.replaceTags(object.location(), version, merged);
        if (version == null) {
            clearIfOverwritten(object);
        }
    }

    /** Without versions an object may be overwritten just before its tags are written: then the new one has got them. */
    private void clearIfOverwritten(InputObject object) {
        Optional<StoredObject> head = store.head(object.location());
        if (head.isPresent() && !isLoaded(head.get(), object)) {
            Map<String, String> tags = new TreeMap<>(store.tags(object.location(), null));
            tags.keySet().removeAll(Set.of(RUN, STATE));
            store.replaceTags(object.location(), null, tags);
        }
    }

    private static boolean isLoaded(StoredObject head, InputObject object) {
        return head.etag().equals(object.etag());
    }
}
