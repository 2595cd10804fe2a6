package sluice.ingest.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.objects.StoredObject;
import sluice.simulation.Calls;
import sluice.simulation.InMemoryObjectStore;
import sluice.simulation.ObjectCall;
import sluice.simulation.ObjectCall.Operation;

class ObjectTagsTest {

    private static final S3Location PLACE = new S3Location("landing", "web/a.json");
    private static final Map<String, String> AVAILABLE = Map.of(ObjectTags.RUN, "run-1", ObjectTags.STATE, "available");

    private final InMemoryObjectStore store =
            new InMemoryObjectStore(Clock.systemUTC()).bucket("landing").versionedBucket("kept");
    private final ObjectTags tags = new ObjectTags(store);

    @Test
    void tagsStandBesideThoseOfOthers() {
        // Given
        InputObject object = put(PLACE, "one", Map.of("team", "search"));

        // When
        tags.set(object, AVAILABLE, false);

        // Then
        assertThat(store.tags(PLACE, null))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("team", "search", "sluice-run", "run-1", "sluice-state", "available"));
    }

    @Test
    void aDeletedObjectIsPassedOver() {
        // Given
        InputObject object = put(PLACE, "one", Map.of());
        store.delete(PLACE);

        // When
        tags.set(object, AVAILABLE, false);

        // Then
        assertThat(store.head(PLACE)).isEmpty();
    }

    @Test
    void anOverwrittenObjectIsLeftAlone() {
        // Given
        InputObject object = put(PLACE, "one", Map.of());
        put(PLACE, "two", Map.of("team", "search"));

        // When
        boolean isTagged = tags.set(object, AVAILABLE, false);

        // Then
        assertThat(isTagged).isFalse();
        assertThat(store.tags(PLACE, null)).isEqualTo(Map.of("team", "search"));
    }

    @Test
    void anObjectWithoutRoomIsLeftAlone() {
        // Given
        Map<String, String> nine =
                IntStream.range(0, 9).boxed().collect(Collectors.toMap(number -> "tag" + number, String::valueOf));
        InputObject object = put(PLACE, "one", nine);

        // When
        tags.set(object, AVAILABLE, false);

        // Then
        assertThat(store.tags(PLACE, null)).isEqualTo(nine);
    }

    @Test
    void whatIsTakenBackIsOnlyTaggedWhereItWas() {
        // Given
        InputObject object = put(PLACE, "one", Map.of());

        // When
        tags.set(object, Map.of(ObjectTags.STATE, "rolled-back"), true);

        // Then
        assertThat(store.tags(PLACE, null)).isEmpty();
    }

    @Test
    void anObjectOverwrittenJustBeforeItsTagsAreWrittenLosesThemAgain() {
        // Given
        InputObject object = put(PLACE, "one", Map.of());
        overwriteBefore(PLACE);

        // When
        boolean isTagged = tags.set(object, AVAILABLE, false);

        // Then
        assertThat(isTagged).isFalse();
        assertThat(store.get(PLACE, 3)).asString().isEqualTo("two");
        assertThat(store.tags(PLACE, null)).isEmpty();
    }

    @Test
    void withVersionsTheLoadedOneIsTaggedWhateverIsWrittenOverIt() {
        // Given
        S3Location place = new S3Location("kept", "a.json");
        InputObject object = put(place, "one", Map.of());
        String version = store.head(place).orElseThrow().versionId();
        overwriteBefore(place);

        // When
        boolean isTagged = tags.set(object, AVAILABLE, false);

        // Then
        assertThat(isTagged).isTrue();
        assertThat(store.tags(place, version)).isEqualTo(AVAILABLE);
        assertThat(store.tags(place, null)).isEmpty();
    }

    @Test
    void aStoreWithoutTagsSaysSo() {
        // Given
        InputObject object = put(PLACE, "one", Map.of());
        store.withdraw(Operation.READ_TAGS);

        // When
        assertThatThrownBy(() -> tags.set(object, AVAILABLE, false))
                // Then
                .isInstanceOf(ObjectStoreException.class)
                .extracting(exception -> ((ObjectStoreException) exception).code())
                .isEqualTo(ObjectStoreException.Code.UNSUPPORTED);
    }

    /** Somebody else's upload comes between the reading and the writing of tags. */
    private void overwriteBefore(S3Location place) {
        store.watch(new Calls<>() {
            private boolean isDone;

            @Override
            public void before(ObjectCall call) {
                if (call.operation() == Operation.REPLACE_TAGS && !isDone) {
                    isDone = true;
                    put(place, "two", Map.of());
                }
            }
        });
    }

    private InputObject put(S3Location place, String content, Map<String, String> present) {
        StoredObject stored =
                store.put(place, content.getBytes(StandardCharsets.UTF_8), StoredObject.STANDARD, present);
        return new InputObject(place.bucket(), place.key(), stored.etag(), stored.size(), stored.lastModified());
    }
}
