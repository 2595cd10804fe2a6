package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** apache/druid #11906: appending with a coarser granularity than compaction leaves cannot allocate segments. */
class Issue11906Test {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void seesAnAppendThatIsCoarserThanTheCompaction() throws JsonProcessingException {
        // Given
        JsonNode supervisor = MAPPER.readTree(Specs.text("supervisor-kafka-pattern"));
        JsonNode hourly = compaction("HOUR");
        JsonNode daily = compaction("DAY");
        Contract contract = Contract.forDruid("33");

        // Then
        assertThat(contract.checkTogether(supervisor, hourly))
                .extracting(Finding::code)
                .containsExactly("SLU-2011");
        assertThat(contract.checkTogether(supervisor, daily)).isEmpty();
    }

    private static JsonNode compaction(String granularity) throws JsonProcessingException {
        return MAPPER.readTree(
                "{\"dataSource\": \"events\", \"granularitySpec\": {\"segmentGranularity\": \"" + granularity + "\"}}");
    }
}
