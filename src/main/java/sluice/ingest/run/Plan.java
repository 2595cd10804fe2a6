package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.InputObject;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.core.spec.SpecHints;

/**
 * What a run loads and how, decided once and never changed.
 *
 * @param spec the generated task, without its id; null when none could be generated
 * @param objects the input
 * @param hints what the {@code auto} parts of the definition were decided from
 * @param findings what the checks said
 * @param expect what the counts have to be
 * @param onViolation what happens when they are not
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Plan(
        ObjectNode spec,
        List<InputObject> objects,
        SpecHints hints,
        List<Finding> findings,
        Expectation expect,
        OnViolation onViolation) {

    public Plan {
        objects = List.copyOf(objects);
        findings = List.copyOf(findings);
    }

    @JsonIgnore
    public long inputBytes() {
        return objects.stream().mapToLong(InputObject::size).sum();
    }

    /** Whether Druid combines rows, so that fewer are stored than read. */
    @JsonIgnore
    public boolean isRolledUp() {
        return spec.at("/spec/dataSchema/granularitySpec/rollup").asBoolean(true);
    }

    /** Whether the task shuffles rows between phases of sub-tasks, whose results survive a crash of Druid. */
    @JsonIgnore
    public boolean isMultiPhase() {
        // A compact task has its tuningConfig at the top.
        JsonNode tuning = spec.has("tuningConfig") ? spec.path("tuningConfig") : spec.at("/spec/tuningConfig");
        return tuning.path("forceGuaranteedRollup").asBoolean()
                && tuning.path("maxNumConcurrentSubTasks").asInt(1) > 1;
    }

    /** Whether the task's locks let other tasks write to its chunks while it runs. */
    @JsonIgnore
    public boolean isConcurrent() {
        return spec.at("/context/useConcurrentLocks").asBoolean();
    }

    /** Name of the queryGranularity that rows are rolled up to, where they are and it has a name. */
    @JsonIgnore
    public Optional<String> rolledUpTo() {
        JsonNode granularity = spec.at("/spec/dataSchema/granularitySpec/queryGranularity");
        return isRolledUp() && granularity.isTextual() ? Optional.of(granularity.textValue()) : Optional.empty();
    }

    /** The stored column that counts the rows read, where the definition has a {@code count} metric. */
    @JsonIgnore
    public Optional<String> countColumn() {
        for (JsonNode metric : spec.at("/spec/dataSchema/metricsSpec")) {
            if (metric.path("type").asText().equals("count")) {
                return Optional.of(metric.path("name").asText());
            }
        }
        return Optional.empty();
    }
}
