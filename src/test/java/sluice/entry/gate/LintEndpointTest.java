package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.contract.ExtensionTypes;

class LintEndpointTest {

    /** Druid 37 has no such task any more. */
    private static final String HADOOP =
            "{\"type\": \"index_hadoop\", \"spec\": {\"dataSchema\": {\"dataSource\": \"a\"}}}";

    private final InMemoryGate gate = new InMemoryGate();

    private List<String> codes(String body, String druid) {
        InMemoryGate.Call call = gate.call("POST", "/v1/lint", body).header("content-type", "application/json");
        return (druid == null ? call : call.query("druid", druid))
                .send()
                .json()
                .path("findings")
                .findValuesAsText("code");
    }

    @ParameterizedTest
    @CsvSource({"33,, false", "37,, true", "37, 33, false", "33, 37, true"})
    void aSpecIsCheckedAsTheClusterOrTheCallerSays(String cluster, String named, boolean isRemoved) {
        // Given
        gate.druid().contractVersion(cluster);

        // When
        List<String> codes = codes(HADOOP, named);

        // Then
        assertThat(codes.contains("SLU-1015")).isEqualTo(isRemoved);
    }

    @Test
    void typesOfTheClustersOwnExtensionsAreKnown() {
        // Given
        String body = "{\"type\": \"hourly\", \"dataSource\": \"a\"}";
        List<String> undeclared = codes(body, null);
        gate.druid()
                .extensionTypes(ExtensionTypes.of(
                        List.of(JsonNodeFactory.instance.objectNode().put("task", "hourly"))));

        // When
        List<String> declared = codes(body, null);

        // Then
        assertThat(undeclared).contains("SLU-1005");
        assertThat(declared).isEmpty();
    }
}
