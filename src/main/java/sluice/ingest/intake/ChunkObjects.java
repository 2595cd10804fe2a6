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
    ChunkListing list(ObjectLayout layout, TimeChunk chunk) {
        String bucket = layout.source().bucket();
        List<InputObject> objects = new ArrayList<>();
        List<InputObject> archived = new ArrayList<>();
        for (String prefix : layout.prefixes(chunk)) {
            store.each(bucket, prefix, object -> {
                if (layout.matches(bucket, object.key())
                        && layout.chunkOf(object.key()).equals(Optional.of(chunk))) {
                    InputObject input =
                            new InputObject(bucket, object.key(), object.etag(), object.size(), object.lastModified());
                    objects.add(input);
                    if (object.isArchived()) {
                        archived.add(input);
                    }
                }
            });
        }
        return new ChunkListing(objects, archived);
    }
}
