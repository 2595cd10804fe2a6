package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.InputObject;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.core.spec.SpecHints;

/**
 * What an attempt of a run loads and how. It is decided once and never changes.
 *
 * @param spec the generated task without its id; null if none could be generated, which refuses the run
 * @param objects the input; empty if the run loads no files
 * @param hints the measurements that decided the {@code auto} parts of the definition
 * @param findings the results of the checks
 * @param expect the counts that the definition expects
 * @param onViolation what happens if the counts are not as expected
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Plan(
        @Nullable ObjectNode spec,
        List<InputObject> objects,
        SpecHints hints,
        List<Finding> findings,
        Expectation expect,
        OnViolation onViolation) {

    public Plan {
        objects = List.copyOf(objects);
        findings = List.copyOf(findings);
    }

    /**
     * Returns the spec of a plan that has one.
     *
     * @throws NullPointerException if none could be generated
     */
    public ObjectNode requireSpec() {
        return Objects.requireNonNull(spec, "The plan has no spec");
    }

    /** Returns the total stored size of the input. */
    @JsonIgnore
    public long inputBytes() {
        return objects.stream().mapToLong(InputObject::size).sum();
    }

    /** Returns true if Druid combines rows, so that it stores fewer than it reads. */
    @JsonIgnore
    public boolean isRolledUp() {
        return requireSpec().at("/spec/dataSchema/granularitySpec/rollup").asBoolean(true);
    }

    /** Returns true if the task shuffles rows between phases of sub-tasks, whose results survive a crash of Druid. */
    @JsonIgnore
    public boolean isMultiPhase() {
        // A compact task has its tuningConfig at the top.
        ObjectNode task = requireSpec();
        JsonNode tuning = task.has("tuningConfig") ? task.path("tuningConfig") : task.at("/spec/tuningConfig");
        return tuning.path("forceGuaranteedRollup").asBoolean()
                && tuning.path("maxNumConcurrentSubTasks").asInt(1) > 1;
    }

    /** Returns true if the task's locks let other tasks write to its chunks while it runs. */
    @JsonIgnore
    public boolean isConcurrent() {
        return requireSpec().at("/context/useConcurrentLocks").asBoolean();
    }

    /** Returns the name of the queryGranularity that rows are rolled up to; empty without rollup or name. */
    @JsonIgnore
    public Optional<String> rolledUpTo() {
        JsonNode granularity = requireSpec().at("/spec/dataSchema/granularitySpec/queryGranularity");
        return isRolledUp() && granularity.isTextual() ? Optional.of(granularity.textValue()) : Optional.empty();
    }

    /** Returns the stored column that counts the rows read; empty if the definition has no {@code count} metric. */
    @JsonIgnore
    public Optional<String> countColumn() {
        for (JsonNode metric : requireSpec().at("/spec/dataSchema/metricsSpec")) {
            if (metric.path("type").asText().equals("count")) {
                return Optional.of(metric.path("name").asText());
            }
        }
        return Optional.empty();
    }
}
