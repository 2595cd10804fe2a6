package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import sluice.ingest.IngestFixture;
import sluice.platform.objects.ObjectPage;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.StoredObject;
import sluice.simulation.Calls;
import sluice.simulation.Intercepted;
import sluice.simulation.ObjectCall;

class ObjectVersionsTest {

    private static final String BUCKET = IngestFixture.LANDING;

    private final IngestFixture fixture = new IngestFixture();
    private final ObjectVersions versions = new ObjectVersions(fixture.objects);

    @Test
    void objectsAreComparedWithWhatIsThereNow() {
        // Given
        List<InputObject> planned = List.of(put("day/a.json"), put("day/b.json"), put("day/c.json"));
        put("day/b.json");
        fixture.objects.delete(planned.get(2).location());

        // When
        List<InputObject> changed = versions.changed(planned);

        // Then
        assertThat(changed).containsExactly(planned.get(1));
    }

    @Test
    void nothingPlannedNeedsNoComparison() {
        assertThat(versions.changed(List.of())).isEmpty();
    }

    @Test
    void objectsOfSeveralFoldersAndTheRootAreCompared() {
        // Given
        List<InputObject> planned = List.of(put("a.json"), put("day/a.json"), put("day/hour/a.json"));
        planned.forEach(object -> put(object.key()));

        // When
        List<InputObject> changed = versions.changed(planned);

        // Then
        assertThat(changed).containsExactlyInAnyOrderElementsOf(planned);
    }

    @Test
    void manyObjectsAreListedByThousands() {
        // Given
        List<InputObject> planned = new ArrayList<>();
        IntStream.range(0, 2_500).forEach(number -> planned.add(put("day/part-%05d.json".formatted(number))));
        put("day/part-02400.json");

        // When
        List<InputObject> changed = versions.changed(planned);

        // Then
        assertThat(changed).containsExactly(planned.get(2_400));
    }

    @Test
    void aFewObjectsAmongManyOthersAreFound() {
        // Given
        IntStream.range(0, 6_000).forEach(number -> put("all/m%05d.json".formatted(number)));
        List<InputObject> planned = List.of(put("all/a.json"), put("all/z.json"));
        put("all/z.json");

        // When
        List<InputObject> changed = versions.changed(planned);

        // Then
        assertThat(changed).containsExactly(planned.get(1));
    }

    @Test
    void whatIsGoneIsToldBeforeThePost() {
        // Given
        List<InputObject> planned = new ArrayList<>();
        IntStream.range(0, 1_500).forEach(number -> planned.add(put("day/part-%05d.json".formatted(number))));
        planned.add(put("elsewhere/a.json"));
        List.of(0, 700, 1_499, 1_500)
                .forEach(number -> fixture.objects.delete(planned.get(number).location()));
        put("day/part-01000.json");

        // When
        List<InputObject> changed = versions.changedOrGone(planned);

        // Then
        assertThat(changed)
                .containsExactlyInAnyOrder(
                        planned.get(0), planned.get(700), planned.get(1_000), planned.get(1_499), planned.get(1_500));
    }

    /** What the comparison costs does not grow with the objects that the run does not load. */
    @ParameterizedTest
    @CsvSource({"10, 30000, 10", "5000, 0, 6", "1000, 30000, 32"})
    void aRequestComparesAThousandNeighboursAndAtLeastOneObject(int objects, int others, int mostRequests) {
        // Given
        List<InputObject> planned = new ArrayList<>();
        for (int number = 0; number < objects; number++) {
            planned.add(put("day/%07d.json".formatted(number * ((others + objects) / objects))));
        }
        IntStream.range(0, others)
                .mapToObj("day/%07d.json"::formatted)
                .filter(key -> fixture.objects.head(new S3Location(BUCKET, key)).isEmpty())
                .forEach(this::put);
        List<ObjectCall> calls = new ArrayList<>();
        fixture.objects.watch(new Calls<>() {
            @Override
            public void before(ObjectCall call) {
                calls.add(call);
            }
        });

        // When
        List<InputObject> changed = versions.changedOrGone(planned);

        // Then
        assertThat(changed).isEmpty();
        assertThat(calls).hasSizeBetween(1, mostRequests);
    }

    @Test
    void keysBeyondTheBasicPlaneAreCompared() {
        // Given
        List<InputObject> planned = List.of(put("day/\uD83D\uDE00"), put("day/\uD83D\uDE01"), put("day/\uFF5E"));
        put("day/\uD83D\uDE01");

        // When
        List<InputObject> changed = versions.changed(planned);

        // Then
        assertThat(changed).containsExactly(planned.get(1));
    }

    @Test
    void anEmptyPageIsNotTheEnd() {
        // Given
        List<InputObject> planned = List.of(put("day/a.json"));
        put("day/a.json");
        ObjectStore sparse = Intercepted.of(
                ObjectStore.class,
                fixture.objects,
                (call, arguments, original) -> call.equals("ObjectStore.listAfter")
                        ? new ObjectPage(List.of(), Optional.of(""))
                        : original.call(arguments));

        // When
        List<InputObject> changed = new ObjectVersions(sparse).changed(planned);

        // Then
        assertThat(changed).containsExactly(planned.get(0));
    }

    private int uploads;

    private InputObject put(String key) {
        StoredObject stored = fixture.objects.put(new S3Location(BUCKET, key), ("upload " + ++uploads).getBytes());
        return new InputObject(BUCKET, stored.key(), stored.etag(), stored.size(), stored.lastModified());
    }
}
