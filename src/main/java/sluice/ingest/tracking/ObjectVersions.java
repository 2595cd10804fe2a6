package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sluice.core.batch.InputObject;
import sluice.platform.objects.ObjectPage;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.StoredObject;

/**
 * Compares objects with the versions that a run planned. Druid reads whatever is under a key when its task runs, so a task may
 * have read another version than the planned one.
 *
 * <p>It lists the keys by their common prefix, a thousand a request. Where other objects make that too long, it lists each
 * remaining key.
 */
@ApplicationScoped
class ObjectVersions {

    private final ObjectStore store;

    ObjectVersions(ObjectStore store) {
        this.store = store;
    }

    /** Returns the objects that were overwritten since they were planned. An object that is gone counts as unchanged. */
    List<InputObject> changed(List<InputObject> planned) {
        Map<String, Map<String, InputObject>> folders = new TreeMap<>();
        for (InputObject object : planned) {
            String folder = object.key().substring(0, object.key().lastIndexOf('/') + 1);
            folders.computeIfAbsent(object.bucket() + "/" + folder, any -> new HashMap<>())
                    .put(object.key(), object);
        }
        List<InputObject> changed = new ArrayList<>();
        folders.values().forEach(folder -> {
            compare(folder, commonPrefix(folder), 2 + 2 * folder.size() / ObjectStore.PAGE_SIZE, changed);
            for (InputObject left : List.copyOf(folder.values())) {
                compare(folder, left.key(), 1, changed);
            }
        });
        return List.copyOf(changed);
    }

    /** Lists so many pages, removes what they hold from the wanted objects, and adds those that have changed. */
    private void compare(Map<String, InputObject> wanted, String prefix, int mostPages, List<InputObject> changed) {
        if (wanted.isEmpty()) {
            return;
        }
        String bucket = wanted.values().iterator().next().bucket();
        Optional<String> token = Optional.empty();
        for (int number = 0; number < mostPages; number++) {
            ObjectPage page = store.list(bucket, prefix, token);
            for (StoredObject stored : page.objects()) {
                InputObject object = wanted.remove(stored.key());
                if (object != null && !object.etag().equals(stored.etag())) {
                    changed.add(object);
                }
            }
            token = page.next();
            if (token.isEmpty()) {
                wanted.keySet().removeIf(key -> key.startsWith(prefix));
            }
            if (token.isEmpty() || wanted.isEmpty()) {
                return;
            }
        }
    }

    private static String commonPrefix(Map<String, InputObject> folder) {
        String first = Collections.min(folder.keySet());
        String last = Collections.max(folder.keySet());
        int length = 0;
        while (length < Math.min(first.length(), last.length()) && first.charAt(length) == last.charAt(length)) {
            length++;
        }
        return first.substring(0, length);
    }
}
