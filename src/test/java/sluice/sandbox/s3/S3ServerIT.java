package sluice.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/** The sandbox keeps keys, tags and tables of contents of S3Mock in memory: what is asked for is what was last written. */
@ExtendWith(SandboxExtension.class)
class S3ServerIT {

    private static final int WRITERS = 4;
    private static final int WRITES = 40;

    @Test
    void aListingHasEachObjectAsItWasLastWritten(Sandbox sandbox) {
        // Given
        S3Client s3 = bucket(sandbox, "listed");
        put(s3, "listed", "in/b", "12");
        put(s3, "listed", "in/a", "1");
        put(s3, "listed", "inner", "1");
        put(s3, "listed", "in/c", "123");

        // When
        PutObjectResponse overwritten = put(s3, "listed", "in/a", "1234");
        s3.deleteObject(request -> request.bucket("listed").key("in/c"));

        // Then
        List<S3Object> pages = s3
                .listObjectsV2Paginator(
                        request -> request.bucket("listed").prefix("in/").maxKeys(1))
                .contents()
                .stream()
                .toList();
        assertThat(pages).extracting(S3Object::key).containsExactly("in/a", "in/b");
        assertThat(pages).extracting(S3Object::size).containsExactly(4L, 2L);
        assertThat(pages.get(0).eTag()).isEqualTo(overwritten.eTag());
        assertThatThrownBy(
                        () -> s3.headObject(request -> request.bucket("listed").key("in/c")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void aPageMayBeAskedForAgain(Sandbox sandbox) {
        // Given
        S3Client s3 = bucket(sandbox, "paged");
        List.of("a", "b", "c d", "e").forEach(key -> put(s3, "paged", key, "1"));
        String token =
                s3.listObjectsV2(request -> request.bucket("paged").maxKeys(1)).nextContinuationToken();

        // When
        ListObjectsV2Response page = page(s3, token);
        ListObjectsV2Response again = page(s3, token);

        // Then
        assertThat(page.contents()).extracting(S3Object::key).containsExactly("b", "c d");
        assertThat(again.contents()).isEqualTo(page.contents());
        assertThat(page.isTruncated()).isTrue();
        ListObjectsV2Response last = page(s3, again.nextContinuationToken());
        assertThat(last.contents()).extracting(S3Object::key).containsExactly("e");
        assertThat(last.isTruncated()).isFalse();
    }

    @Test
    void tagsAreThoseOfTheObjectThatIsThereNow(Sandbox sandbox) {
        // Given
        S3Client s3 = bucket(sandbox, "tagged");
        put(s3, "tagged", "a", "1");

        // When
        tag(s3, "first");
        tag(s3, "second");
        s3.copyObject(request -> request.sourceBucket("tagged")
                .sourceKey("a")
                .destinationBucket("tagged")
                .destinationKey("copy"));

        // Then
        assertThat(tags(s3, "a")).containsExactly("second");
        assertThat(tags(s3, "copy")).containsExactly("second");

        // When
        put(s3, "tagged", "a", "2");

        // Then
        assertThat(tags(s3, "a")).isEmpty();
        assertThat(tags(s3, "copy")).containsExactly("second");
    }

    @Test
    void aCopyOntoItselfChangesWhatIsKnownOfAnObject(Sandbox sandbox) {
        // Given
        S3Client s3 = bucket(sandbox, "copied");
        put(s3, "copied", "a", "1");

        // When
        s3.copyObject(request -> request.sourceBucket("copied")
                .sourceKey("a")
                .destinationBucket("copied")
                .destinationKey("a")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("owner", "search")));

        // Then
        assertThat(s3.headObject(request -> request.bucket("copied").key("a")).metadata())
                .containsEntry("owner", "search");
    }

    @Test
    void writersOfOneBucketAndOfOneKeyDoNotLoseEachOthersWrites(Sandbox sandbox) {
        // Given
        S3Client s3 = bucket(sandbox, "written");
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

        // When
        CompletableFuture<?>[] writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> write(s3, writer), threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(writers).join();
        threads.shutdown();

        // Then
        assertThat(sandbox.s3().keys("written", "own/")).hasSize(WRITERS * WRITES);
        var shared = s3.getObjectAsBytes(request -> request.bucket("written").key("shared"));
        assertThat(shared.response().contentLength()).isEqualTo(shared.asByteArray().length);
        assertThat(put(s3, "written", "same content", shared.asUtf8String()).eTag())
                .isEqualTo(shared.response().eTag());
    }

    @Test
    void aBucketIsGoneOnceItIsDeleted(Sandbox sandbox) {
        // Given
        S3Client s3 = bucket(sandbox, "deleted");
        put(s3, "deleted", "a", "1");
        s3.deleteObject(request -> request.bucket("deleted").key("a"));

        // When
        s3.deleteBucket(request -> request.bucket("deleted"));

        // Then
        assertThatThrownBy(() -> s3.headBucket(request -> request.bucket("deleted")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    private static void write(S3Client s3, int writer) {
        for (int number = 0; number < WRITES; number++) {
            put(s3, "written", "own/" + writer + "-" + number, "x");
            put(s3, "written", "shared", "x".repeat(writer + number + 1));
        }
    }

    private static S3Client bucket(Sandbox sandbox, String name) {
        sandbox.s3().client().createBucket(request -> request.bucket(name));
        return sandbox.s3().client();
    }

    private static PutObjectResponse put(S3Client s3, String bucket, String key, String content) {
        return s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    private static ListObjectsV2Response page(S3Client s3, String token) {
        return s3.listObjectsV2(request -> request.bucket("paged").maxKeys(2).continuationToken(token));
    }

    private static void tag(S3Client s3, String value) {
        s3.putObjectTagging(request -> request.bucket("tagged")
                .key("a")
                .tagging(tagging ->
                        tagging.tagSet(Tag.builder().key("state").value(value).build())));
    }

    private static List<String> tags(S3Client s3, String key) {
        return s3.getObjectTagging(request -> request.bucket("tagged").key(key)).tagSet().stream()
                .map(Tag::value)
                .toList();
    }
}
