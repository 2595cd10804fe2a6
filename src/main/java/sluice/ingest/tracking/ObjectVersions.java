package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import sluice.core.batch.InputObject;
import sluice.platform.objects.ObjectPage;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.StoredObject;

/**
 * Compares objects with the versions that a run planned. Druid reads whatever is under a key when its task runs, so a task may
 * read another version than the planned one.
 *
 * <p>It lists pages of a thousand keys. Each page begins at the next planned object, so objects are compared with at most one
 * request each, and neighbours with one request a thousand.
 */
@ApplicationScoped
public class ObjectVersions {

    /** The order of listings. */
    private static final Comparator<String> UTF_8_ORDER = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

    private final ObjectStore store;

    ObjectVersions(ObjectStore store) {
        this.store = store;
    }

    /** Returns the objects that were overwritten since they were planned. An object that is gone counts as unchanged. */
    List<InputObject> changed(List<InputObject> planned) {
        return compare(planned, false);
    }

    /** Returns the objects that were overwritten or deleted since they were planned. */
    public List<InputObject> changedOrGone(List<InputObject> planned) {
        return compare(planned, true);
    }

    private List<InputObject> compare(List<InputObject> planned, boolean alsoGone) {
        Map<String, NavigableMap<String, InputObject>> buckets = new TreeMap<>();
        for (InputObject object : planned) {
            buckets.computeIfAbsent(object.bucket(), any -> new TreeMap<>(UTF_8_ORDER))
                    .put(object.key(), object);
        }
        List<InputObject> found = new ArrayList<>();
        buckets.forEach((bucket, objects) -> compare(bucket, objects, alsoGone, found));
        return List.copyOf(found);
    }

    private void compare(
            String bucket, NavigableMap<String, InputObject> wanted, boolean alsoGone, List<InputObject> found) {
        String prefix = commonPrefix(wanted.firstKey(), wanted.lastKey());
        String listedTo = "";
        while (!wanted.isEmpty()) {
            String before = shortened(wanted.firstKey());
            ObjectPage page =
                    store.listAfter(bucket, prefix, UTF_8_ORDER.compare(before, listedTo) > 0 ? before : listedTo);
            while (page.objects().isEmpty() && page.next().isPresent()) {
                // A page may be empty where many objects were deleted.
                page = store.list(bucket, prefix, page.next());
            }
            for (StoredObject stored : page.objects()) {
                InputObject object = wanted.remove(stored.key());
                if (object != null && !object.etag().equals(stored.etag())) {
                    found.add(object);
                }
                listedTo = stored.key();
            }
            // Those that come before the end of the page, and are not on it, are gone.
            Map<String, InputObject> gone = page.next().isEmpty() ? wanted : wanted.headMap(listedTo, true);
            if (alsoGone) {
                found.addAll(gone.values());
            }
            gone.clear();
        }
    }

    /** Returns a key that comes shortly before this one. */
    private static String shortened(String key) {
        return key.substring(0, key.offsetByCodePoints(key.length(), -1));
    }

    private static String commonPrefix(String first, String last) {
        int length = 0;
        while (length < Math.min(first.length(), last.length()) && first.charAt(length) == last.charAt(length)) {
            length++;
        }
        return length > 0 && Character.isHighSurrogate(first.charAt(length - 1))
                ? first.substring(0, length - 1)
                : first.substring(0, length);
    }
}
