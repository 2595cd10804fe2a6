package sluice.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.contract.Contract;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;

class CompactionGeneratorTest {

    @Test
    void rollupIsMadePerfectBesideAStream() {
        // Given
        Definition definition = Definitions.of(Definitions.WIKIPEDIA);

        // When
        ObjectNode config = config(definition).spec();

        // Then
        assertThat(config.at("/granularitySpec"))
                .hasToString("{\"queryGranularity\":\"HOUR\",\"rollup\":true,\"segmentGranularity\":\"DAY\"}");
        assertThat(config.at("/tuningConfig/partitionsSpec"))
                .hasToString("{\"targetRowsPerSegment\":5000000,\"type\":\"hashed\"}");
        assertThat(config.at("/taskContext/useConcurrentLocks").booleanValue()).isTrue();
        assertThat(config.path("skipOffsetFromLatest").textValue()).isEqualTo("P1D");
        assertThat(config.has("metricsSpec")).as("they would count twice").isFalse();
    }

    @Test
    void withoutRollupRowsStayApart() {
        // Given
        Definition definition = Definitions.of(Definitions.MINIMAL + "compaction: {engine: native}\n");

        // When
        ObjectNode config = config(definition).spec();

        // Then
        assertThat(config.at("/granularitySpec")).hasToString("{\"rollup\":false,\"segmentGranularity\":\"DAY\"}");
        assertThat(config.at("/tuningConfig/partitionsSpec/type").textValue()).isEqualTo("dynamic");
    }

    @Test
    void aRollupThatIsLeftToMeasurementsIsLeftToTheSegments() {
        // Given
        String text = Definitions.MINIMAL.replace("rollup: false", "rollup: auto") + "compaction: {engine: native}\n";

        // When
        JsonNode granularity = config(Definitions.of(text)).spec().path("granularitySpec");

        // Then
        assertThat(granularity).hasToString("{\"segmentGranularity\":\"DAY\"}");
    }

    @Test
    void partitionsOfTheBatchPartAreKept() {
        // Given
        String partitions = "{type: range, partitionDimensions: [page], targetRowsPerSegment: 3000000}";
        Definition definition =
                Definitions.of(Definitions.WIKIPEDIA.replace("partitions: auto", "partitions: " + partitions));

        // When
        ObjectNode config = config(definition).spec();

        // Then
        assertThat(config.at("/tuningConfig/partitionsSpec"))
                .isEqualTo(definition.batch().partitions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"33", "37"})
    void druidsContractHasNothingAgainstIt(String version) {
        // Given
        GeneratedSpec config = config(Definitions.of(Definitions.WIKIPEDIA));

        // When
        ObjectNode bound = CompactionGenerator.bound(config, "definition");

        // Then
        assertThat(Contract.forDruid(version).check("compactionConfig", bound)).isEmpty();
        assertThat(SettingsMarks.specHash(bound.path("taskContext"))).contains(config.hash());
    }

    @Test
    void noEngineMeansNoConfiguration() {
        // Given
        Definition definition = Definitions.of(Definitions.MINIMAL);

        // When
        var config = CompactionGenerator.generate(definition, SpecDefaults.STANDARD);

        // Then
        assertThat(config).isEmpty();
    }

    private static GeneratedSpec config(Definition definition) {
        return CompactionGenerator.generate(definition, SpecDefaults.STANDARD).orElseThrow();
    }
}
