package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;
import sluice.core.definition.Source;
import sluice.core.definition.TimeChunkPattern;
import sluice.platform.objects.StoredObject;
import sluice.simulation.InMemoryObjectStore;

class ChunkObjectsTest {

    private static final TimeChunk NEW_YEAR =
            new TimeChunk(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));

    private final InMemoryObjectStore store = new InMemoryObjectStore(Clock.systemUTC()).bucket("landing");
    private final ChunkObjects chunkObjects = new ChunkObjects(store);

    @Test
    void listsTheObjectsOfTheChunkWithTheirVersions() {
        // Given
        StoredObject first = put("web/2026-01-01/00/a.json", 3);
        StoredObject empty = put("web/2026-01-01/23/b.json", 0);
        put("web/2026-01-02/00/c.json", 3);
        put("web/2026-01-01/00/d.csv", 3);
        put("other/2026-01-01/00/e.json", 3);

        // When
        List<InputObject> objects =
                chunkObjects.list(layout("yyyy-MM-dd/HH"), NEW_YEAR).objects();

        // Then
        assertThat(objects)
                .containsExactly(
                        new InputObject("landing", "web/2026-01-01/00/a.json", first.etag(), 3, first.lastModified()),
                        new InputObject("landing", "web/2026-01-01/23/b.json", empty.etag(), 0, empty.lastModified()));
    }

    @Test
    void listsMoreThanAPage() {
        // Given
        IntStream.range(0, 2_500).forEach(number -> put("web/2026-01-01/00/" + number + ".json", 1));

        // When
        List<InputObject> objects =
                chunkObjects.list(layout("yyyy-MM-dd/HH"), NEW_YEAR).objects();

        // Then
        assertThat(objects).hasSize(2_500).doesNotHaveDuplicates();
    }

    @Test
    void tellsWhichObjectsAreArchived() {
        // Given
        put("web/2026-01-01/00/a.json", 3);
        S3Location archived = new S3Location("landing", "web/2026-01-01/00/b.json");
        store.put(archived, new byte[3]);
        store.transition(archived, "DEEP_ARCHIVE");

        // When
        ChunkListing listing = chunkObjects.list(layout("yyyy-MM-dd/HH"), NEW_YEAR);

        // Then
        assertThat(listing.objects()).hasSize(2);
        assertThat(listing.archived()).extracting(InputObject::location).containsExactly(archived);
    }

    private StoredObject put(String key, int size) {
        return store.put(new S3Location("landing", key), new byte[size]);
    }

    private static ObjectLayout layout(String pattern) {
        return new ObjectLayout(
                new Source("s3", "landing", "web/", TimeChunkPattern.of(pattern), ".json"), SegmentGranularity.DAY);
    }
}
