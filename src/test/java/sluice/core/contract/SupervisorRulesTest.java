package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisorRulesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode supervisor = read(Specs.text("supervisor-kafka"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"topicPattern\": \"a.*\"}|SLU-2120",
                "{\"topic\": null}|SLU-2120",
                "{\"consumerProperties\": {\"group.id\": \"g\"}}|SLU-2121",
                "{\"autoScalerConfig\": {\"enableTaskAutoScaler\": true, \"taskCountMax\": 3}}|SLU-2122",
                "{\"autoScalerConfig\": {\"enableTaskAutoScaler\": true, \"taskCountMin\": 4, \"taskCountMax\": 3}}|SLU-2122",
                "{\"autoScalerConfig\": {\"enableTaskAutoScaler\": true, \"taskCountMin\": 1, \"taskCountMax\": 3, \"taskCountStart\": 4}}|SLU-2122",
                "{\"autoScalerConfig\": {\"enableTaskAutoScaler\": true, \"taskCountMin\": 2, \"taskCountMax\": 3, \"taskCountStart\": 1}}|SLU-2122",
                "{\"taskCount\": 0}|SLU-2124",
                "{\"inputFormat\": null}|SLU-2125",
                "{\"taskDuration\": \"PT30S\"}|SLU-2127"
            })
    void aSupervisorThatCouldNotWorkIsFound(String change, String code) throws JsonProcessingException {
        ((ObjectNode) supervisor.at("/spec/ioConfig")).setAll((ObjectNode) JSON.readTree(change));

        assertThat(codes(supervisor)).contains(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"topic\": null, \"topicPattern\": \"a.*\"}",
                "{\"consumerProperties\": {}, \"configOverrides\": {\"type\": \"idle\"}}",
                "{\"autoScalerConfig\": {\"enableTaskAutoScaler\": false, \"taskCountMin\": 4, \"taskCountMax\": 3}}",
                "{\"autoScalerConfig\": {\"enableTaskAutoScaler\": true, \"taskCountMin\": 1, \"taskCountMax\": 3, \"taskCountStart\": 2}}",
                "{\"taskCount\": 1, \"taskDuration\": \"PT1M\"}"
            })
    void aSupervisorThatCanWorkPassesTheRules(String change) throws JsonProcessingException {
        ((ObjectNode) supervisor.at("/spec/ioConfig")).setAll((ObjectNode) JSON.readTree(change));

        assertThat(codes(supervisor)).noneMatch(code -> code.startsWith("SLU-212"));
    }

    /** Druid's API returns both. It reads both, too, and refuses the supervisor if it cannot. */
    @Test
    void thePartsBesideASpecAreReadAsWell() {
        // Given
        ObjectNode dataSchema = supervisor.at("/spec/dataSchema").deepCopy();
        supervisor.set("dataSchema", dataSchema);
        List<String> before = errors(supervisor);

        // When
        ((ObjectNode) dataSchema.at("/dimensionsSpec"))
                .putArray("dimensions")
                .addObject()
                .put("type", "long");
        dataSchema.remove("timestampSpec");

        // Then
        assertThat(before).isEmpty();
        assertThat(errors(supervisor))
                .containsExactlyInAnyOrder("SLU-2026 /dataSchema/dimensionsSpec/dimensions/0", "SLU-2069 /dataSchema");
    }

    private static List<String> errors(JsonNode document) {
        return Contract.forDruid("33").check(document).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.code() + " " + finding.pointer())
                .toList();
    }

    @Test
    void configOverridesAreOfAType() {
        ((ObjectNode) supervisor.at("/spec/ioConfig")).putObject("configOverrides");

        assertThat(errors(supervisor)).containsExactly("SLU-1002 /spec/ioConfig/configOverrides");
    }

    @Test
    void intervalsOfASupervisorAreIgnored() {
        ((ObjectNode) supervisor.at("/spec/dataSchema/granularitySpec"))
                .putArray("intervals")
                .add("2026-01-01/2026-01-02");

        assertThat(codes(supervisor)).contains("SLU-2123");
    }

    @Test
    void aSupervisorWithoutSpecIsIncomplete() {
        supervisor.remove("spec");

        assertThat(codes(supervisor)).contains("SLU-2126");
    }

    private static List<String> codes(JsonNode document) {
        return Contract.forDruid("33").check("supervisor", document).stream()
                .map(Finding::code)
                .toList();
    }

    private static ObjectNode read(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
