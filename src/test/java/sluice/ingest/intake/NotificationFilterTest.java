package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.DefinitionSnapshot;
import sluice.ingest.ActiveDefinitions;
import sluice.ingest.EnvironmentReach;
import sluice.simulation.Beans;

class NotificationFilterTest {

    private static final ActiveDefinitions DEFINITIONS = new ActiveDefinitions() {
        @Override
        public DefinitionSnapshot current() {
            throw new AssertionError("not asked");
        }

        @Override
        public DefinitionSnapshot fresh() {
            throw new AssertionError("not asked");
        }

        @Override
        public boolean holds(String bucket, String key) {
            return bucket.equals("definitions");
        }
    };

    @ParameterizedTest
    @CsvSource({
        "aws:s3, landing, wiki/a.json, 1",
        "minio:s3, landing, wiki/a.json, 1",
        "aws:sns, landing, wiki/a.json, 0",
        "aws:s3, landing, secret/a.json, 0",
        "aws:s3, elsewhere, wiki/a.json, 0",
        "aws:s3, landing, wi%6Bi/a.json, 1",
        "aws:s3, definitions, a.yaml, 1"
    })
    void dropsWhatNoDefinitionMayRead(String source, String bucket, String key, int kept) throws Exception {
        // Given
        NotificationFilter filter = new NotificationFilter(
                new Beans(Map.of("sluice.buckets", "wiki*=landing/wiki/*")).get(EnvironmentReach.class), DEFINITIONS);
        S3Notification notification = Beans.MAPPER.readValue(
                """
                {"Records": [{"eventSource": "%s", "eventName": "ObjectCreated:Put", "eventTime": "2026-03-01T00:00:00Z",
                  "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s", "size": 1, "eTag": "e"}}}]}
                """
                        .formatted(source, bucket, key),
                S3Notification.class);

        // When
        S3Notification filtered = filter.filtered(notification);

        // Then
        assertThat(filtered.arrivals()).hasSize(kept);
    }
}
