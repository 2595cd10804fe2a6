package sluice.core.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How files become rows.
 *
 * @param source where the files lie and how their keys tell the time chunk
 * @param inputFormat the text {@code auto} (from the file extension) or Druid's own inputFormat object
 * @param mode whether a run replaces its time chunks or adds to them; never defaulted, because the wrong one destroys
 *     or doubles rows (apache/druid #13784, #11025)
 * @param trigger what starts a run
 * @param tuningConfig Druid's own fields, laid over Sluice's; empty where the user gave none
 * @param partitions the text {@code auto} or Druid's own partitionsSpec object
 * @param expect what a run's counts have to be
 * @param onViolation what happens when they are not
 * @param timeout time limit of a run from its submission, or null for the environment's default
 * @param priority Druid's task lock priority, or null for Druid's own (50 for batch)
 */
public record BatchDefinition(
        Source source,
        JsonNode inputFormat,
        Mode mode,
        Trigger trigger,
        ObjectNode tuningConfig,
        JsonNode partitions,
        Expectation expect,
        OnViolation onViolation,
        @Nullable Duration timeout,
        @Nullable Integer priority) {

    public BatchDefinition {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(trigger, "trigger");
        Objects.requireNonNull(expect, "expect");
        Objects.requireNonNull(onViolation, "onViolation");
        inputFormat = inputFormat.deepCopy();
        tuningConfig = tuningConfig.deepCopy();
        partitions = partitions.deepCopy();
    }

    /** A copy: the definition itself never changes. */
    @Override
    public ObjectNode tuningConfig() {
        return tuningConfig.deepCopy();
    }

    public boolean inputFormatIsAuto() {
        return inputFormat.isTextual();
    }

    public boolean partitionsAreAuto() {
        return partitions.isTextual();
    }

    /** What a run does to the rows that its time chunks hold already. */
    public enum Mode {
        /** The chunk holds exactly the rows of the run's files afterwards. */
        REPLACE,
        /** The rows of the run's files are added. */
        APPEND
    }

    /** What follows when a run's counts are not as expected. */
    public enum OnViolation {
        /** The run fails and the data from before it is served again. */
        ROLLBACK,
        /** The run fails; what it loaded stays. */
        FAIL,
        /** The run succeeds with a warning. */
        WARN
    }
}
