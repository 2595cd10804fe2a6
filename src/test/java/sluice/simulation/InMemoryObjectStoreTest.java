package sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import sluice.core.batch.S3Location;
import sluice.platform.objects.ObjectPage;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.objects.ObjectStoreException.Code;
import sluice.platform.objects.StoredObject;
import sluice.simulation.ObjectCall.Operation;

class InMemoryObjectStoreTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final S3Location PLACE = new S3Location("landing", "web/a.json");

    private final InMemoryObjectStore store = new InMemoryObjectStore(Clock.fixed(NOON, ZoneOffset.UTC))
            .bucket("landing")
            .versionedBucket("kept");

    @Test
    void tellsOfAnObjectWhatS3Tells() {
        // Given
        store.put(PLACE, bytes("hello"));

        // When
        Optional<StoredObject> object = store.head(PLACE);

        // Then
        assertThat(object)
                .contains(new StoredObject(
                        "web/a.json",
                        "5d41402abc4b2a76b9719d911017c592",
                        null,
                        5,
                        Instant.parse("2026-01-01T12:00:00Z"),
                        "STANDARD"));
    }

    @Test
    void anotherContentHasAnotherEtagAndNoTags() {
        // Given
        StoredObject before = store.put(PLACE, bytes("one"), "STANDARD", Map.of("team", "search"));

        // When
        StoredObject after = store.put(PLACE, bytes("two"));

        // Then
        assertThat(after.etag()).isNotEqualTo(before.etag());
        assertThat(store.tags(PLACE, null)).isEmpty();
        assertThat(store.get(PLACE, 3)).isEqualTo(bytes("two"));
    }

    @Test
    void theSameContentHasTheSameEtag() {
        // Given
        StoredObject before = store.put(PLACE, bytes("one"));

        // When
        StoredObject after = store.put(PLACE, bytes("one"));

        // Then
        assertThat(after.etag()).isEqualTo(before.etag());
    }

    @Test
    void aDeletedObjectIsGone() {
        // Given
        store.put(PLACE, bytes("one"));

        // When
        store.delete(PLACE);

        // Then
        assertThat(store.head(PLACE)).isEmpty();
        assertThat(keys("")).isEmpty();
        assertThat(code(() -> store.get(PLACE, 9))).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void listsPagesOfAThousandInTheOrderOfBytes() {
        // Given
        List<String> expected = IntStream.range(0, 2_001)
                .mapToObj(number -> "web/%05d".formatted(number))
                .collect(Collectors.toCollection(ArrayList::new));
        // As UTF-16 these two stand the other way round.
        expected.add("web/\uFF5E");
        expected.add("web/\uD83D\uDE00");
        expected.forEach(key -> store.put(new S3Location("landing", key), bytes("")));
        store.put(new S3Location("landing", "web"), bytes(""));
        store.put(new S3Location("landing", "wec/a"), bytes(""));

        // When
        ObjectPage first = store.list("landing", "web/", Optional.empty());

        // Then
        assertThat(first.objects()).hasSize(1_000);
        assertThat(keys("web/")).isEqualTo(expected);
    }

    @Test
    void listsWhatComesAfterAKey() {
        // Given
        List.of("web/a", "web/b", "web/c", "wec").forEach(key -> store.put(new S3Location("landing", key), bytes("")));

        // When
        ObjectPage existing = store.listAfter("landing", "web/", "web/a");
        ObjectPage between = store.listAfter("landing", "web/", "web/aa");
        ObjectPage before = store.listAfter("landing", "web/", "a");

        // Then
        assertThat(existing.objects()).extracting(StoredObject::key).containsExactly("web/b", "web/c");
        assertThat(between).isEqualTo(existing);
        assertThat(before.objects()).extracting(StoredObject::key).containsExactly("web/a", "web/b", "web/c");
    }

    @Test
    void aFullLastPageHasNoNext() {
        // Given
        IntStream.range(0, 1_000).forEach(number -> store.put(new S3Location("landing", "web/" + number), bytes("")));

        // When
        ObjectPage page = store.list("landing", "web/", Optional.empty());

        // Then
        assertThat(page.objects()).hasSize(1_000);
        assertThat(page.next()).isEmpty();
    }

    @Test
    void tagsStayWithTheVersionThatTheyWereSetOn() {
        // Given
        S3Location place = new S3Location("kept", "a");
        String first = store.put(place, bytes("one")).versionId();
        store.put(place, bytes("two"));

        // When
        store.replaceTags(place, first, Map.of("state", "available"));

        // Then
        assertThat(store.tags(place, null)).isEmpty();
        assertThat(store.tags(place, first)).containsExactly(Map.entry("state", "available"));
    }

    @Test
    void moreThanTenTagsAreRejected() {
        // Given
        store.put(PLACE, bytes("one"));
        Map<String, String> eleven =
                IntStream.range(0, 11).boxed().collect(Collectors.toMap(number -> "tag" + number, String::valueOf));

        // When
        Code code = code(() -> {
            store.replaceTags(PLACE, null, eleven);
        });

        // Then
        assertThat(code).isEqualTo(Code.REJECTED);
        assertThat(store.tags(PLACE, null)).isEmpty();
    }

    @Test
    void anArchivedObjectIsListedAndCannotBeRead() {
        // Given
        StoredObject before = store.put(PLACE, bytes("one"));

        // When
        store.transition(PLACE, "GLACIER");

        // Then
        assertThat(store.head(PLACE))
                .hasValueSatisfying(after -> assertThat(after.storageClass()).isEqualTo("GLACIER"))
                .hasValueSatisfying(after -> assertThat(after.etag()).isEqualTo(before.etag()));
        assertThat(code(() -> store.get(PLACE, 9))).isEqualTo(Code.FORBIDDEN);
    }

    @Test
    void moreBytesThanWantedAreNotRead() {
        // Given
        store.put(PLACE, bytes("hello"));

        // When
        Code code = code(() -> store.get(PLACE, 4));

        // Then
        assertThat(code).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void aBucketThatNobodyMadeIsNotFound() {
        // When
        Code code = code(() -> store.list("nowhere", "", Optional.empty()));

        // Then
        assertThat(code).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void anOperationThatTheStoreDoesNotHaveIsUnsupported() {
        // Given
        store.put(PLACE, bytes("one"));

        // When
        store.withdraw(Operation.REPLACE_TAGS);

        // Then
        assertThat(code(() -> {
                    store.replaceTags(PLACE, null, Map.of());
                }))
                .isEqualTo(Code.UNSUPPORTED);
    }

    @Test
    void aCallThatFailsBeforehandHasNoEffectAndOneThatFailsAfterwardsHas() {
        // Given
        store.put(PLACE, bytes("one"));
        List<ObjectCall> seen = new ArrayList<>();
        store.watch(new Calls<>() {
            @Override
            public void before(ObjectCall call) {
                seen.add(call);
                if (call.operation() == Operation.REPLACE_TAGS && seen.size() == 1) {
                    throw new ObjectStoreException(Code.UNAVAILABLE, "SlowDown");
                }
            }

            @Override
            public void after(ObjectCall call) {
                if (call.operation() == Operation.REPLACE_TAGS) {
                    throw new ObjectStoreException(Code.UNAVAILABLE, "connection reset");
                }
            }
        });

        // When
        List<Map<String, String>> tags = List.of(tagsAfterFailingTo("first"), tagsAfterFailingTo("second"));

        // Then
        assertThat(tags).containsExactly(Map.of(), Map.of("state", "second"));
        assertThat(seen).contains(new ObjectCall(Operation.REPLACE_TAGS, "landing", "web/a.json"));
    }

    @Test
    void anAddressNamesTheObjectAndItsEnd() {
        // When
        URI address = store.presignedGet(new S3Location("landing", "web/a b.json"), Duration.ofHours(1));

        // Then
        assertThat(address)
                .hasHost("landing.s3.invalid")
                .hasPath("/web/a b.json")
                .hasParameter("X-Amz-Expires", "3600");
    }

    private Map<String, String> tagsAfterFailingTo(String state) {
        Code code = code(() -> {
            store.replaceTags(PLACE, null, Map.of("state", state));
        });
        assertThat(code).isEqualTo(Code.UNAVAILABLE);
        return store.tags(PLACE, null);
    }

    private List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        store.each("landing", prefix, object -> keys.add(object.key()));
        return keys;
    }

    private static Code code(ThrowingCallable call) {
        return catchThrowableOfType(ObjectStoreException.class, call).code();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
