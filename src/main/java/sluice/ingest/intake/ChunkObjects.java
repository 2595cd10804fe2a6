package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.TimeChunk;
import sluice.platform.objects.ObjectStore;

/** The objects of a time chunk as they are in S3 now. S3's listing is consistent, so what was put is in it. */
@ApplicationScoped
class ChunkObjects {

    private final ObjectStore store;

    ChunkObjects(ObjectStore store) {
        this.store = store;
    }

    /** All input objects whose keys tell this chunk, empty ones too. */
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
