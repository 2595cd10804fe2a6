package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.TimeChunk;
import sluice.platform.objects.ObjectStore;

/** Lists the objects of a time chunk. S3's listing is consistent: it has every object whose upload was confirmed. */
@ApplicationScoped
class ChunkObjects {

    private final ObjectStore store;

    ChunkObjects(ObjectStore store) {
        this.store = store;
    }

    /** Returns all input objects whose keys name this chunk, including empty ones. */
    List<InputObject> list(ObjectLayout layout, TimeChunk chunk) {
        String bucket = layout.source().bucket();
        List<InputObject> objects = new ArrayList<>();
        for (String prefix : layout.prefixes(chunk)) {
            store.each(bucket, prefix, object -> {
                if (layout.matches(bucket, object.key())
                        && layout.chunkOf(object.key()).equals(Optional.of(chunk))) {
                    objects.add(
                            new InputObject(bucket, object.key(), object.etag(), object.size(), object.lastModified()));
                }
            });
        }
        return List.copyOf(objects);
    }
}
