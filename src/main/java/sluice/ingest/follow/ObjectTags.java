package sluice.ingest.follow;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import sluice.core.batch.InputObject;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

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
    private static final int MOST_TAGS = 10;

    private final S3Client s3;

    ObjectTags(S3Client s3) {
        this.s3 = s3;
    }

    /**
     * Sets tags on an object if it is still the one that was loaded. An object that is gone, was overwritten, or has no
     * room for more tags is left as it is.
     *
     * @param onlyIfTagged whether an object without such tags is left as it is
     * @throws S3Exception when S3 refuses
     */
    void set(InputObject object, Map<String, String> tags, boolean onlyIfTagged) {
        Optional<HeadObjectResponse> head = head(object);
        if (head.isEmpty() || !isLoaded(head.get(), object)) {
            return;
        }
        String version = head.get().versionId();
        Map<String, String> present = read(object, version);
        Map<String, String> merged = new TreeMap<>(present);
        merged.putAll(tags);
        if (merged.equals(present) || (onlyIfTagged && !present.containsKey(STATE))) {
            return;
        }
        if (merged.size() > MOST_TAGS) {
            LOG.warnf("%s has %d tags already and no room for %s", object.location(), present.size(), tags.keySet());
            return;
        }
        write(object, version, merged);
        if (version == null) {
            clearIfOverwritten(object);
        }
    }

    /** Without versions an object may be overwritten just before its tags are written: then the new one has got them. */
    private void clearIfOverwritten(InputObject object) {
        Optional<HeadObjectResponse> head = head(object);
        if (head.isPresent() && !isLoaded(head.get(), object)) {
            Map<String, String> tags = read(object, null);
            tags.keySet().removeAll(Set.of(RUN, STATE));
            write(object, null, tags);
        }
    }

    private Optional<HeadObjectResponse> head(InputObject object) {
        try {
            return Optional.of(
                    s3.headObject(request -> request.bucket(object.bucket()).key(object.key())));
        } catch (S3Exception exception) {
            if (exception.statusCode() == 404) {
                return Optional.empty();
            }
            throw exception;
        }
    }

    private static boolean isLoaded(HeadObjectResponse head, InputObject object) {
        return head.eTag().replace("\"", "").equals(object.etag());
    }

    private Map<String, String> read(InputObject object, String version) {
        Map<String, String> tags = new TreeMap<>();
        s3.getObjectTagging(request ->
                        request.bucket(object.bucket()).key(object.key()).versionId(version))
                .tagSet()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    private void write(InputObject object, String version, Map<String, String> tags) {
        s3.putObjectTagging(request -> request.bucket(object.bucket())
                .key(object.key())
                .versionId(version)
                .tagging(tagging -> tagging.tagSet(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())));
    }
}
