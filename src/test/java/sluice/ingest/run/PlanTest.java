package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.InputObject;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.core.definition.Expectation.Bounds;
import sluice.core.spec.SpecHints;
import sluice.ingest.IngestFixture;

class PlanTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{} | true", "{\"rollup\": true} | true", "{\"rollup\": false} | false"})
    void rowsAreRolledUpUnlessTheSpecSaysOtherwise(String granularitySpec, boolean rolledUp) {
        assertThat(granular(granularitySpec).isRolledUp()).isEqualTo(rolledUp);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"queryGranularity\": \"HOUR\"} | HOUR",
                "{\"queryGranularity\": \"HOUR\", \"rollup\": false} |",
                "{\"queryGranularity\": {\"type\": \"none\"}} |",
                "{} |"
            })
    void theGranularityOfARollupHasAName(String granularitySpec, String name) {
        assertThat(granular(granularitySpec).rolledUpTo().orElse(null)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"spec\": {\"tuningConfig\": {\"forceGuaranteedRollup\": true, \"maxNumConcurrentSubTasks\": 2}}} | true",
                "{\"tuningConfig\": {\"forceGuaranteedRollup\": true, \"maxNumConcurrentSubTasks\": 2}} | true",
                "{\"spec\": {\"tuningConfig\": {\"forceGuaranteedRollup\": true, \"maxNumConcurrentSubTasks\": 1}}} | false",
                "{\"spec\": {\"tuningConfig\": {\"forceGuaranteedRollup\": true}}} | false",
                "{\"spec\": {\"tuningConfig\": {\"maxNumConcurrentSubTasks\": 2}}} | false",
                "{} | false"
            })
    void aShuffleNeedsGuaranteedRollupAndSubTasks(String spec, boolean multiPhase) {
        assertThat(plan(spec).isMultiPhase()).isEqualTo(multiPhase);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"context\": {\"useConcurrentLocks\": true}} | true",
                "{\"context\": {\"useConcurrentLocks\": false}} | false",
                "{} | false"
            })
    void concurrentLocksStandInTheContext(String spec, boolean concurrent) {
        assertThat(plan(spec).isConcurrent()).isEqualTo(concurrent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"type\": \"longSum\", \"name\": \"added\"}, {\"type\": \"count\", \"name\": \"rows\"}] | rows",
                "[{\"type\": \"longSum\", \"name\": \"count\"}] |",
                "[] |"
            })
    void theCountMetricCountsTheRows(String metrics, String column) {
        Plan plan = plan("{\"spec\": {\"dataSchema\": {\"metricsSpec\": " + metrics + "}}}");

        assertThat(plan.countColumn().orElse(null)).isEqualTo(column);
    }

    @Test
    void theInputHasASize() {
        // Given
        List<InputObject> objects = List.of(object("a", 3), object("b", 4));

        // When
        Plan plan = new Plan(null, objects, SpecHints.NONE, List.of(), expectation(), OnViolation.FAIL);

        // Then
        assertThat(plan.inputBytes()).isEqualTo(7);
    }

    @Test
    void aPlanWithoutASpecCannotBeSent() {
        // Given
        Plan plan = new Plan(null, List.of(), SpecHints.NONE, List.of(), expectation(), OnViolation.FAIL);

        // Then
        assertThatThrownBy(plan::requireSpec).isInstanceOf(NullPointerException.class);
    }

    @Test
    void onlyWhatWasDecidedIsStored() throws JsonProcessingException {
        // Given
        Plan plan = plan("{\"type\": \"noop\"}");

        // When
        String json = RunExamples.MAPPER.writeValueAsString(plan);

        // Then
        assertThat(RunExamples.MAPPER.readTree(json).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("spec", "objects", "hints", "findings", "expect", "onViolation");
        assertThat(RunExamples.MAPPER.readValue(json, Plan.class)).isEqualTo(plan);
    }

    private static Plan granular(String granularitySpec) {
        return plan("{\"spec\": {\"dataSchema\": {\"granularitySpec\": " + granularitySpec + "}}}");
    }

    private static Plan plan(String spec) {
        return new Plan(
                IngestFixture.json(spec, ObjectNode.class),
                List.of(),
                SpecHints.NONE,
                List.of(),
                expectation(),
                OnViolation.FAIL);
    }

    private static Expectation expectation() {
        return new Expectation(Bounds.UNBOUNDED, Bounds.UNBOUNDED, Bounds.UNBOUNDED);
    }

    private static InputObject object(String key, long size) {
        return new InputObject("landing", key, "etag", size, Instant.EPOCH);
    }
}
