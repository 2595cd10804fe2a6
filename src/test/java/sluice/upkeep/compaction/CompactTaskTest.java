package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.contract.Contract;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.core.spec.SpecDefaults;

class CompactTaskTest {

    private static final CompactionInvariant KEPT =
            new CompactionInvariant(2_000, true, Map.of("count", new BigDecimal("9007199254740993")));

    @Test
    void keepsTheColumnsAndNamesExactlyWhatItReads() {
        // Given
        Definition definition = Definitions.of(Definitions.WIKIPEDIA.replace("engine: native", "engine: none"));
        ChunkContents contents = Segments.same(2, 1_000, 50_000);

        // When
        ObjectNode task = CompactTask.of(definition, contents, KEPT, SpecDefaults.STANDARD);

        // Then
        assertThat(Contract.forDruid("33").check(task)).isEmpty();
        assertThat(task.has("metricsSpec") || task.has("dimensionsSpec")).isFalse();
        assertThat(task.at("/ioConfig/inputSpec/interval").asText()).isEqualTo(Segments.DAY.interval());
        assertThat(task.at("/ioConfig/inputSpec/sha256OfSortedSegmentIds").asText())
                .isEqualTo(contents.druidHash());
        assertThat(task.at("/granularitySpec/segmentGranularity").asText()).isEqualTo("DAY");
        assertThat(task.at("/tuningConfig/partitionsSpec").toString())
                .isEqualTo("{\"type\":\"hashed\",\"numShards\":1}");
        assertThat(task.at("/tuningConfig/forceGuaranteedRollup").asBoolean()).isTrue();
        assertThat(task.at("/context/useConcurrentLocks").asBoolean())
                .as("a stream may append to it meanwhile")
                .isTrue();
        assertThat(CompactionInvariant.readFrom(task.path("context"))).isEqualTo(KEPT);
    }

    @Test
    void rowsThatAreNotCombinedAreCutByTheirNumber() {
        // Given
        Definition definition = Definitions.of(Definitions.MINIMAL.replace("mode: append", "mode: replace"));

        // When
        ObjectNode task = CompactTask.of(definition, Segments.same(20, 1_000, 1_000_000), KEPT, SpecDefaults.STANDARD);

        // Then
        assertThat(task.at("/tuningConfig/partitionsSpec").toString())
                .isEqualTo("{\"type\":\"dynamic\",\"maxRowsPerSegment\":500000}");
        assertThat(task.at("/tuningConfig/forceGuaranteedRollup").asBoolean()).isFalse();
        assertThat(task.at("/context").has("useConcurrentLocks"))
                .as("nobody appends to it")
                .isFalse();
    }

    @Test
    void besideAutomaticCompactionPartitionsAreItsOwn() {
        // Given
        Definition definition = Definitions.of(Definitions.WIKIPEDIA);

        // When
        ObjectNode task = CompactTask.of(definition, Segments.same(2, 1_000, 50_000), KEPT, SpecDefaults.STANDARD);

        // Then
        assertThat(task.at("/tuningConfig/partitionsSpec").toString())
                .isEqualTo("{\"targetRowsPerSegment\":5000000,\"type\":\"hashed\"}");
        assertThat(Contract.forDruid("33").check(task)).isEmpty();
    }

    @Test
    void theDefinitionsOwnPartitionsHold() {
        // Given
        Definition definition = Definitions.of(Definitions.WIKIPEDIA.replace(
                "partitions: auto",
                "partitions: {type: range, partitionDimensions: [channel], targetRowsPerSegment: 1000}"));

        // When
        ObjectNode task = CompactTask.of(definition, Segments.same(2, 1_000, 50_000), KEPT, SpecDefaults.STANDARD);

        // Then
        assertThat(task.at("/tuningConfig/partitionsSpec/type").asText()).isEqualTo("range");
        assertThat(task.at("/tuningConfig/forceGuaranteedRollup").asBoolean()).isTrue();
    }

    @Test
    void theEnvironmentsDefaultsAreInTheTask() {
        // Given
        Definition definition = Definitions.of(Definitions.MINIMAL);
        SpecDefaults defaults = SpecDefaults.fromEnvironment(Map.of(
                "SLUICE_DEFAULT_MAX_ROWS_IN_MEMORY", "1234", "SLUICE_DEFAULT_TASK_STATUS_CHECK_PERIOD_MS", "500"));

        // When
        ObjectNode task = CompactTask.of(definition, Segments.same(2, 1_000, 50_000), KEPT, defaults);

        // Then
        assertThat(task.at("/tuningConfig/maxRowsInMemory").asInt()).isEqualTo(1_234);
        assertThat(task.at("/tuningConfig/taskStatusCheckPeriodMs").asInt()).isEqualTo(500);
    }

    @Test
    void rollupWithoutMetricsMeetsNoRows() {
        // Given: equal rows become one, but no column would tell how many they were
        Definition definition = Definitions.of(Definitions.MINIMAL.replace("rollup: false", "rollup: true"));

        // When
        ObjectNode task = CompactTask.of(definition, Segments.same(2, 1_000, 50_000), KEPT, SpecDefaults.STANDARD);

        // Then
        assertThat(task.at("/tuningConfig/partitionsSpec/type").asText()).isEqualTo("dynamic");
    }

    @Test
    void segmentsAreHashedInDruidsOrder() throws NoSuchAlgorithmException {
        // Given
        ChunkContents contents =
                Segments.of(Segments.segment(10, 1, 1), Segments.segment(2, 1, 1), Segments.segment(0, 1, 1));
        String base = Segments.segment(0, 1, 1).id();

        // When
        String hash = contents.druidHash();

        // Then
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest((base + base + "_2" + base + "_10").getBytes(StandardCharsets.UTF_8));
        assertThat(hash).isEqualTo(new String(digest, StandardCharsets.UTF_8));
    }
}
