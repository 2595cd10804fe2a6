package sluice.ingest.submission;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import sluice.platform.objects.ObjectStore;

/**
 * Makes presigned addresses, by which a cluster without access to S3 reads the objects of a run. They are secrets: they go
 * into the request to Druid and nowhere else. Never log or store them.
 */
@ApplicationScoped
class PresignedObjects {

    private final ObjectStore store;

    PresignedObjects(ObjectStore store) {
        this.store = store;
    }

    /** Returns an address for each object. It is valid as long as the task may run, at most as long as S3 allows. */
    Map<S3Location, URI> addresses(List<InputObject> objects, Duration timeLimit) {
        Duration life =
                timeLimit.compareTo(ObjectStore.MAX_PRESIGNED_LIFE) < 0 ? timeLimit : ObjectStore.MAX_PRESIGNED_LIFE;
        Map<S3Location, URI> addresses = new HashMap<>();
        for (InputObject object : objects) {
            addresses.put(object.location(), store.presignedGet(object.location(), life));
        }
        return addresses;
    }
}
