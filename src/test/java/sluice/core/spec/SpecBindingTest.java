package sluice.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.core.batch.S3Location;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;

class SpecBindingTest {

    private static final Definition EVENTS = Definitions.of(Definitions.MINIMAL);

    @Test
    void taskIsRecognisedByIdRunAndHash() {
        ObjectNode spec = spec("events/dt=2026-01-01/a.json");

        ObjectNode bound = SpecBinding.bind(spec, "sluice_events_r_1", "r", "h");

        assertThat(bound.path("id").textValue()).isEqualTo("sluice_events_r_1");
        assertThat(bound.path("context").path("sluice.runId").textValue()).isEqualTo("r");
        assertThat(bound.path("context").path("sluice.specHash").textValue()).isEqualTo("h");
        assertThat(bound.path("context").path("useConcurrentLocks").booleanValue())
                .isTrue();
        assertThat(spec.has("id")).isFalse();
    }

    @Test
    void presignedAddressesStandInTheOrderOfTheObjects() {
        ObjectNode spec = spec("events/dt=2026-01-01/b.json", "events/dt=2026-01-01/a.json");

        ObjectNode bound = SpecBinding.presigned(
                spec,
                Map.of(
                        new S3Location("landing", "events/dt=2026-01-01/a.json"), URI.create("https://s3/a?sig=1"),
                        new S3Location("landing", "events/dt=2026-01-01/b.json"), URI.create("https://s3/b?sig=2")));

        JsonNode source = bound.at("/spec/ioConfig/inputSource");
        assertThat(source.path("type").textValue()).isEqualTo("http");
        assertThat(source.path("uris"))
                .extracting(JsonNode::textValue)
                .containsExactly("https://s3/a?sig=1", "https://s3/b?sig=2");
        assertThat(bound.at("/spec/ioConfig/inputFormat")).isEqualTo(spec.at("/spec/ioConfig/inputFormat"));
    }

    @Test
    void everyObjectHasToHaveAnAddress() {
        ObjectNode spec = spec("events/dt=2026-01-01/a.json");

        assertThatThrownBy(() -> SpecBinding.presigned(spec, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://landing/events/dt=2026-01-01/a.json");
        assertThatThrownBy(
                        () -> SpecBinding.presigned(JsonMapper.builder().build().createObjectNode(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void samplerTakesTheTypeIndexAndFewObjects() {
        ObjectNode spec = spec(IntStream.range(0, 30)
                .mapToObj("events/dt=2026-01-01/%02d.json"::formatted)
                .toArray(String[]::new));

        Map<String, ObjectNode> requests = SamplerRequest.of(spec, List.of("MINUTE", "HOUR"), 500, 10_000);

        assertThat(requests).containsOnlyKeys("MINUTE", "HOUR");
        ObjectNode request = requests.get("HOUR");
        assertThat(request.path("type").textValue()).isEqualTo("index");
        assertThat(request.at("/spec/ioConfig/type").textValue()).isEqualTo("index");
        assertThat(request.at("/spec/tuningConfig/type").textValue()).isEqualTo("index");
        assertThat(request.at("/spec/dataSchema/granularitySpec/queryGranularity")
                        .textValue())
                .isEqualTo("HOUR");
        assertThat(request.at("/spec/dataSchema/granularitySpec/rollup").booleanValue())
                .isTrue();
        assertThat(request.at("/spec/ioConfig/inputSource/objects")).hasSize(10);
        assertThat(request.at("/samplerConfig/numRows").intValue()).isEqualTo(500);
        assertThatThrownBy(() -> SamplerRequest.of(spec, List.of("HOUR"), 5_001, 1))
                .hasMessageContaining("5001");
    }

    @Test
    void rollupRatioCountsTheRowsThatAreStored() throws IOException {
        JsonNode answer = JsonMapper.builder()
                .build()
                .readTree(
                        """
                        {"numRowsRead": 5, "numRowsIndexed": 4, "data": [
                          {"input": {"a": 1}, "parsed": {"a": 1}}, {"input": {"a": 1}}, {"input": {"a": 1}},
                          {"input": {"a": 2}, "parsed": {"a": 2}}, {"input": {}, "unparseable": true, "error": "no"}]}
                        """);

        assertThat(SamplerRequest.rollupRatio(answer)).hasValue(0.5);
        assertThat(SamplerRequest.rollupRatio(JsonMapper.builder().build().createObjectNode()))
                .isEmpty();
    }

    private static ObjectNode spec(String... keys) {
        Generation generation =
                SpecGenerator.generate(EVENTS, Batches.of(EVENTS, keys), SpecHints.NONE, SpecDefaults.STANDARD);
        return ((Generation.Generated) generation).spec().spec();
    }
}
