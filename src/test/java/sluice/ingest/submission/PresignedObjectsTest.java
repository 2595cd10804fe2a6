package sluice.ingest.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import sluice.simulation.InMemoryObjectStore;

class PresignedObjectsTest {

    @ParameterizedTest
    @CsvSource({"PT2H, 7200", "P7D, 604800", "P30D, 604800"})
    void anAddressLivesAsLongAsTheTaskUpToAWeek(Duration timeLimit, String seconds) {
        // Given
        PresignedObjects presigned = new PresignedObjects(new InMemoryObjectStore(Clock.systemUTC()));
        InputObject object = new InputObject("landing", "web/a.json", "etag", 1, Instant.EPOCH);

        // When
        Map<S3Location, URI> addresses = presigned.addresses(List.of(object), timeLimit);

        // Then
        assertThat(addresses).containsOnlyKeys(object.location());
        assertThat(addresses.get(object.location())).hasPath("/web/a.json").hasParameter("X-Amz-Expires", seconds);
    }
}
