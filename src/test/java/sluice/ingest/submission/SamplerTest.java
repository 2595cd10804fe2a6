package sluice.ingest.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.LANDING;
import static sluice.ingest.IngestFixture.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.ObjectAccess;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

class SamplerTest {

    private static final ObjectNode REQUEST = IngestFixture.json(
            """
            {"type": "index", "spec": {"ioConfig": {"type": "index", "inputSource":
              {"type": "s3", "objects": [{"bucket": "%s", "path": "%s"}]}}}}"""
                    .formatted(LANDING, key(DAY, "a.json")),
            ObjectNode.class);

    private final IngestFixture fixture = new IngestFixture();
    private final Sampler sampler = fixture.bean(Sampler.class);
    private final List<JsonNode> requests = new ArrayList<>();
    private final JsonNode answer = IngestFixture.json("{\"numRowsIndexed\": 1}", JsonNode.class);

    @BeforeEach
    void druidSamples() {
        fixture.druid.sampler(request -> {
            requests.add(request);
            return answer;
        });
    }

    @Test
    void aClusterWithAccessToS3GetsTheRequestAsItIs() {
        // Given
        InputObject object = fixture.upload("a.json", 3);

        // When
        JsonNode sampled = sampler.sample(fixture.druid, REQUEST, List.of(object));

        // Then
        assertThat(sampled).isEqualTo(answer);
        assertThat(requests).containsExactly(REQUEST);
    }

    @Test
    void aClusterWithoutAccessToS3GetsAddresses() {
        // Given
        InputObject object = fixture.upload("a.json", 3);
        fixture.druid.objectAccess(ObjectAccess.PRESIGNED);

        // When
        sampler.sample(fixture.druid, REQUEST, List.of(object));

        // Then
        assertThat(requests.get(0).at("/spec/ioConfig/inputSource/uris/0").asText())
                .contains("a.json?X-Amz-Expires=300");
    }

    @Test
    void aFailureOfTheSamplerIsToldToTheCaller() {
        // Given
        fixture.druid.faults(CallFaults.once(DruidCall.SAMPLE, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        Throwable failure = catchThrowable(() -> sampler.sample(fixture.druid, REQUEST, List.of()));

        // Then
        assertThat(failure).isInstanceOf(DruidException.class);
    }
}
