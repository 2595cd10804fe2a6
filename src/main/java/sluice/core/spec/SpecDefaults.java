package sluice.core.spec;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.BatchDefinition;

/**
 * The defaults of an environment, for what a definition leaves open. {@code docs/defaults.md} lists the variables.
 *
 * @param timeout time limit of a run from its submission
 * @param priority Druid's task lock priority, or null for Druid's own
 * @param targetRows rows that a segment should hold, after rollup
 * @param targetSegmentBytes size that a segment should have; 40 % less or more is as good
 * @param maxSubTasks most subtasks of one task at a time
 * @param bytesPerSubTask uncompressed input that is worth a subtask of its own
 * @param maxRowsInMemory Druid's field of that name, or null for Druid's own default
 * @param maxSavedParseExceptions how many unparseable rows a task's report shows; without any, nobody learns which row
 *     it was
 * @param taskStatusCheckPeriodMs how often a parallel task looks after its subtasks, or null for Druid's own default
 */
public record SpecDefaults(
        Duration timeout,
        @Nullable Integer priority,
        long targetRows,
        long targetSegmentBytes,
        int maxSubTasks,
        long bytesPerSubTask,
        @Nullable Integer maxRowsInMemory,
        int maxSavedParseExceptions,
        @Nullable Integer taskStatusCheckPeriodMs) {

    /** What holds where the environment says nothing. */
    public static final SpecDefaults STANDARD = fromEnvironment(Map.of());

    public SpecDefaults {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: " + timeout + " is no time");
        }
        if (targetRows < 1 || targetSegmentBytes < 1 || maxSubTasks < 1 || bytesPerSubTask < 1) {
            throw new IllegalArgumentException("targetRows, targetSegmentBytes, maxSubTasks and bytesPerSubTask are at"
                    + " least 1: " + targetRows + ", " + targetSegmentBytes + ", " + maxSubTasks + ", "
                    + bytesPerSubTask);
        }
    }

    /**
     * Reads the variables of {@link DefaultVariable}.
     *
     * @throws IllegalArgumentException naming every variable that begins with {@code SLUICE_DEFAULT_} and is unknown, and
     *     every one whose value is not what it takes
     */
    public static SpecDefaults fromEnvironment(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        Duration timeout = reader.duration(DefaultVariable.TIMEOUT);
        Integer priority = reader.optional(DefaultVariable.PRIORITY);
        long targetRows = reader.number(DefaultVariable.TARGET_ROWS);
        long targetSegmentBytes = reader.number(DefaultVariable.TARGET_SEGMENT_BYTES);
        int maxSubTasks = (int) reader.number(DefaultVariable.MAX_SUB_TASKS);
        long bytesPerSubTask = reader.number(DefaultVariable.BYTES_PER_SUB_TASK);
        Integer maxRowsInMemory = reader.optional(DefaultVariable.MAX_ROWS_IN_MEMORY);
        int maxSavedParseExceptions = (int) reader.number(DefaultVariable.MAX_SAVED_PARSE_EXCEPTIONS);
        Integer taskStatusCheckPeriodMs = reader.optional(DefaultVariable.TASK_STATUS_CHECK_PERIOD_MS);
        reader.refuseProblems();
        return new SpecDefaults(
                timeout,
                priority,
                targetRows,
                targetSegmentBytes,
                maxSubTasks,
                bytesPerSubTask,
                maxRowsInMemory,
                maxSavedParseExceptions,
                taskStatusCheckPeriodMs);
    }

    /** How many subtasks are worth their while for so many bytes, which come in so many pieces. */
    public long subTasks(long bytes, int pieces) {
        long worthIt = (bytes + bytesPerSubTask - 1) / bytesPerSubTask;
        return Math.max(1, Math.min(Math.min(worthIt, pieces), maxSubTasks));
    }

    /** The time limit of the definition, or this environment's. */
    public Duration timeout(BatchDefinition batch) {
        return batch.timeout() == null ? timeout : batch.timeout();
    }
}
