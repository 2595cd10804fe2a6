package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import sluice.ingest.IngestFixture;
import sluice.platform.objects.StoredObject;

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

    private int uploads;

    private InputObject put(String key) {
        StoredObject stored = fixture.objects.put(new S3Location(BUCKET, key), ("upload " + ++uploads).getBytes());
        return new InputObject(BUCKET, stored.key(), stored.etag(), stored.size(), stored.lastModified());
    }
}
