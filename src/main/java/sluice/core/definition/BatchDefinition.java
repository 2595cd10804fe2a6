package sluice.core.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How files become rows.
 *
 * @param source where the files lie, and how their keys name the time chunk
 * @param inputFormat the text {@code auto} (from the file extension) or Druid's own inputFormat object
 * @param mode whether a run replaces its time chunks or appends to them; it has no default, because the wrong mode
 *     loses or duplicates rows (apache/druid #13784, #11025)
 * @param trigger what starts a run
 * @param tuningConfig Druid's own fields, which override Sluice's; may be empty
 * @param partitions the text {@code auto} or Druid's own partitionsSpec object
 * @param expect the expected row counts of a run
 * @param freshness the oldest that the data may be before it counts as stale; null if it may be of any age
 * @param onViolation what happens if the counts are not as expected
 * @param timeout time limit of a run from its submission; null for the environment's default
 * @param priority Druid's task lock priority; null for Druid's default (50 for batch)
 */
public record BatchDefinition(
        Source source,
        JsonNode inputFormat,
        Mode mode,
        Trigger trigger,
        ObjectNode tuningConfig,
        JsonNode partitions,
        Expectation expect,
        @Nullable Duration freshness,
        OnViolation onViolation,
        @Nullable Duration timeout,
        @Nullable Integer priority) {

    public static final Duration SHORTEST_FRESHNESS = Duration.ofMinutes(1);

    public BatchDefinition {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(trigger, "trigger");
        Objects.requireNonNull(expect, "expect");
        Objects.requireNonNull(onViolation, "onViolation");
        if (freshness != null && freshness.compareTo(SHORTEST_FRESHNESS) < 0) {
            throw new IllegalArgumentException("freshness: " + freshness + " is below " + SHORTEST_FRESHNESS);
        }
        inputFormat = inputFormat.deepCopy();
        tuningConfig = tuningConfig.deepCopy();
        partitions = partitions.deepCopy();
    }

    /** Returns a copy. */
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

    /** What a run does to the rows that its time chunks already hold. */
    public enum Mode {
        /** Afterwards, the chunk holds exactly the rows of the run's files. */
        REPLACE,
        /** The rows of the run's files are added. */
        APPEND
    }

    /** What happens if a run's counts are not as expected. */
    public enum OnViolation {
        /** The run fails, and the previous data is restored. */
        ROLLBACK,
        /** The run fails; the data it loaded stays. */
        FAIL,
        /** The run succeeds with a warning. */
        WARN
    }
}
