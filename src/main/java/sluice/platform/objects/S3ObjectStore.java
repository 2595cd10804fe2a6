package sluice.platform.objects;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.S3Location;
import sluice.platform.objects.ObjectStoreException.Code;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;
import software.amazon.awssdk.services.s3.model.RestoreStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Amazon S3, or a server that speaks its API. The SDK retries what is worth a retry; what is thrown here is final. */
@ApplicationScoped
class S3ObjectStore implements ObjectStore {

    /** Codes of status 400 whose call may succeed later. */
    private static final Set<String> PASSING = Set.of("RequestTimeout", "ExpiredToken", "TokenRefreshRequired");

    private final S3Client s3;
    private final S3Presigner presigner;
    private final BucketOwners owners;

    S3ObjectStore(S3Client s3, S3Presigner presigner, BucketOwners owners) {
        this.owners = owners;
        this.s3 = s3;
        this.presigner = presigner;
    }

    @Override
    public ObjectPage list(String bucket, String prefix, Optional<String> token) {
        return page(bucket, prefix, request -> request.continuationToken(token.orElse(null)));
    }

    @Override
    public ObjectPage listAfter(String bucket, String prefix, String after) {
        return page(bucket, prefix, request -> request.startAfter(after));
    }

    private ObjectPage page(String bucket, String prefix, Consumer<ListObjectsV2Request.Builder> from) {
        ListObjectsV2Response page = translated(() -> s3.listObjectsV2(request -> request.bucket(bucket)
                .expectedBucketOwner(owners.of(bucket))
                .prefix(prefix)
                .applyMutation(from)
                .optionalObjectAttributes(OptionalObjectAttributes.RESTORE_STATUS)));
        requireAnswer(page.isTruncated(), "s3://" + bucket + "/" + prefix);
        return new ObjectPage(
                page.contents().stream().map(object -> stored(object, bucket)).toList(),
                Optional.ofNullable(page.nextContinuationToken()));
    }

    @Override
    public Optional<StoredObject> head(S3Location location) {
        try {
            HeadObjectResponse head = translated(() -> s3.headObject(request -> request.bucket(location.bucket())
                    .expectedBucketOwner(owners.of(location.bucket()))
                    .key(location.key())));
            return Optional.of(new StoredObject(
                    location.key(),
                    unquoted(requireAnswer(head.eTag(), location)),
                    head.versionId(),
                    requireAnswer(head.contentLength(), location),
                    requireAnswer(head.lastModified(), location),
                    storageClass(head.storageClassAsString())));
        } catch (ObjectStoreException exception) {
            if (exception.code() == Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw exception;
        }
    }

    @Override
    public byte[] get(S3Location location, int maxBytes) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(location.bucket())
                .expectedBucketOwner(owners.of(location.bucket()))
                .key(location.key())
                .build();
        byte[] bytes = translated(() -> s3.getObject(request, upTo(maxBytes + 1, location)));
        if (bytes.length > maxBytes) {
            throw new ObjectStoreException(Code.TOO_LARGE, location + " has more than " + maxBytes + " bytes");
        }
        return bytes;
    }

    @Override
    public Map<String, String> tags(S3Location location, @Nullable String versionId) {
        GetObjectTaggingResponse answer =
                translated(() -> s3.getObjectTagging(request -> request.bucket(location.bucket())
                        .expectedBucketOwner(owners.of(location.bucket()))
                        .key(location.key())
                        .versionId(versionId)));
        requireAnswer(answer.hasTagSet() ? answer : null, location);
        Map<String, String> tags = new TreeMap<>();
        answer.tagSet()
                .forEach(tag -> tags.put(requireAnswer(tag.key(), location), requireAnswer(tag.value(), location)));
        return tags;
    }

    @Override
    public void replaceTags(S3Location location, @Nullable String versionId, Map<String, String> tags) {
        translated(() -> s3.putObjectTagging(request -> request.bucket(location.bucket())
                .expectedBucketOwner(owners.of(location.bucket()))
                .key(location.key())
                .versionId(versionId)
                .tagging(tagging -> tagging.tagSet(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()))));
    }

    @Override
    public URI presignedGet(S3Location location, Duration life) {
        try {
            return translated(() -> presigner.presignGetObject(request -> request.signatureDuration(life)
                            .getObjectRequest(
                                    get -> get.bucket(location.bucket()).key(location.key()))))
                    .url()
                    .toURI();
        } catch (URISyntaxException exception) {
            throw new IllegalStateException("the AWS SDK signed an address that is not a URI", exception);
        }
    }

    /**
     * Reads so many bytes; the connection of a longer body is given up, because reading the rest could take long. The JDK's client
     * takes a body that breaks off for one that has ended, so its length is compared.
     */
    private static ResponseTransformer<GetObjectResponse, byte[]> upTo(int bytes, S3Location location) {
        return (response, body) -> {
            try {
                requireAnswer(response.eTag(), location);
                byte[] read = body.readNBytes(bytes);
                if (read.length == bytes) {
                    body.abort();
                } else if (response.contentLength() != null && read.length < response.contentLength()) {
                    throw new EOFException(read.length + " of " + response.contentLength() + " bytes");
                }
                return read;
            } catch (IOException exception) {
                throw RetryableException.create("the body broke off: " + exception.getMessage(), exception);
            } catch (ObjectStoreException exception) {
                throw RetryableException.create(String.valueOf(exception.getMessage()), exception);
            }
        };
    }

    /**
     * Returns what each answer of S3 has. Something between may answer with a page of its own and status 200, which the SDK reads as
     * an answer without contents: a listing without objects would be a loss of data.
     */
    private static <T> T requireAnswer(@Nullable T part, Object of) {
        if (part == null) {
            throw new ObjectStoreException(Code.UNAVAILABLE, "what came for " + of + " is no answer of S3");
        }
        return part;
    }

    private static StoredObject stored(S3Object object, String bucket) {
        return new StoredObject(
                requireAnswer(object.key(), bucket),
                unquoted(requireAnswer(object.eTag(), bucket)),
                null,
                requireAnswer(object.size(), bucket),
                requireAnswer(object.lastModified(), bucket),
                storageClass(object.storageClassAsString()),
                isRestored(object.restoreStatus()));
    }

    /** A copy can be read from the end of its restoration until it expires. */
    private static boolean isRestored(@Nullable RestoreStatus status) {
        return status != null
                && !Boolean.TRUE.equals(status.isRestoreInProgress())
                && status.restoreExpiryDate() != null;
    }

    /** S3 quotes ETags in its API, and not in its notifications. */
    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    /** S3 leaves the header out for its standard class. */
    private static String storageClass(@Nullable String name) {
        return name == null ? StoredObject.STANDARD : name;
    }

    private static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception exception) {
            throw new ObjectStoreException(code(exception), String.valueOf(exception.getMessage()), exception);
        } catch (SdkException | UncheckedIOException exception) {
            // The SDK lets an answer that is not HTTP through as the latter.
            throw new ObjectStoreException(Code.UNAVAILABLE, String.valueOf(exception.getMessage()), exception);
        }
    }

    /**
     * What S3's status means. 307 comes while the name of a bucket moves, 409 while somebody else changes the same thing, and a 400 of
     * some codes would be an answer a moment later; 301 names a bucket of another region.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</a>
     */
    private static Code code(S3Exception exception) {
        AwsErrorDetails details = exception.awsErrorDetails();
        if (details != null && PASSING.contains(String.valueOf(details.errorCode()))) {
            return Code.UNAVAILABLE;
        }
        int status = exception.statusCode();
        return switch (status) {
            case 404 -> Code.NOT_FOUND;
            case 401, 403 -> Code.FORBIDDEN;
            case 405, 501 -> Code.UNSUPPORTED;
            case 302, 307, 308, 408, 409, 429 -> Code.UNAVAILABLE;
            default -> status >= 500 ? Code.UNAVAILABLE : Code.REJECTED;
        };
    }
}
