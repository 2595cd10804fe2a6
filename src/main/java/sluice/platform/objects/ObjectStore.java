package sluice.platform.objects;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.S3Location;

/**
 * Objects in buckets. Reads and listings are strongly consistent: they show every write that has completed.
 *
 * <p>Every method throws {@link ObjectStoreException}, whose code says why.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html">Amazon S3 API reference</a>
 */
public interface ObjectStore {

    /** Objects on one page of a listing. */
    int PAGE_SIZE = 1_000;

    /** Tags that one object can have. */
    int MAX_TAGS = 10;

    /** Longest life of a presigned address. */
    Duration MAX_PRESIGNED_LIFE = Duration.ofDays(7);

    /**
     * Lists one page of the objects whose keys begin with the prefix.
     *
     * @param token {@link ObjectPage#next()} of the page before; empty for the first page
     */
    ObjectPage list(String bucket, String prefix, Optional<String> token);

    /**
     * Lists one page of the objects whose keys begin with the prefix and come after another key, in UTF-8 binary order.
     *
     * @param after a key, which need not exist
     */
    ObjectPage listAfter(String bucket, String prefix, String after);

    /** Passes every object whose key begins with the prefix to the consumer, page by page, in the order of the keys. */
    default void each(String bucket, String prefix, Consumer<StoredObject> consumer) {
        Optional<String> token = Optional.empty();
        do {
            ObjectPage page = list(bucket, prefix, token);
            page.objects().forEach(consumer);
            token = page.next();
        } while (token.isPresent());
    }

    /** Returns the current version of an object without its bytes; empty if there is none. */
    Optional<StoredObject> head(S3Location location);

    /**
     * Reads the current version of an object.
     *
     * @param maxBytes no more than this is held in memory
     * @throws ObjectStoreException {@code TOO_LARGE} if the object has more bytes
     */
    byte[] get(S3Location location, int maxBytes);

    /**
     * Reads the tags of an object.
     *
     * @param versionId which version; null for the current one
     */
    Map<String, String> tags(S3Location location, @Nullable String versionId);

    /**
     * Replaces all tags of an object. The store has no condition for this: the last writer wins.
     *
     * @param versionId which version; null for the current one
     * @param tags at most {@link #MAX_TAGS}
     */
    void replaceTags(S3Location location, @Nullable String versionId, Map<String, String> tags);

    /**
     * Signs an address by which anybody can read the object. It is a secret. Signing calls nobody.
     *
     * @param life how long the address is good, at most {@link #MAX_PRESIGNED_LIFE}
     */
    URI presignedGet(S3Location location, Duration life);
}
