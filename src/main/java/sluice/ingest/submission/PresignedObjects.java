package sluice.ingest.submission;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Addresses by which a cluster without access to S3 reads the objects of a run. They are secrets: they exist between
 * here and the request to Druid, and are never logged or stored.
 */
@ApplicationScoped
class PresignedObjects {

    /** The longest life that a signature may have. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final S3Presigner presigner;

    PresignedObjects(S3Presigner presigner) {
        this.presigner = presigner;
    }

    /** An address for each object, good for as long as the task may run. */
    Map<S3Location, URI> addresses(List<InputObject> objects, Duration timeLimit) {
        Duration life = timeLimit.compareTo(LONGEST) < 0 ? timeLimit : LONGEST;
        Map<S3Location, URI> addresses = new HashMap<>();
        try {
            for (InputObject object : objects) {
                addresses.put(
                        object.location(),
                        presigner
                                .presignGetObject(request -> request.signatureDuration(life)
                                        .getObjectRequest(get ->
                                                get.bucket(object.bucket()).key(object.key())))
                                .url()
                                .toURI());
            }
        } catch (URISyntaxException exception) {
            throw new IllegalStateException("the AWS SDK signed an address that is not a URI", exception);
        }
        return addresses;
    }
}
